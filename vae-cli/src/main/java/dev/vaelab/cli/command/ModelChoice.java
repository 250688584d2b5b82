package dev.vaelab.cli.command;

import dev.vaelab.experiment.wiring.Laboratory;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A run, or a file of weights with the experiment that they belong to. */
final class ModelChoice {
    @Parameters(paramLabel = "RUN", description = "Run folder; its best checkpoint is used.")
    private Path run;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private WeightsOfExperiment weights;

    /** Weights from anywhere, PyTorch included. */
    static final class WeightsOfExperiment {
        @Option(names = "--config", required = true, paramLabel = "CONFIG", description = "Experiment file.")
        private Path config;

        @Option(names = "--weights", required = true, paramLabel = "FILE", description = "Safetensors file.")
        private Path weights;

        /** The model. */
        TrainedModel open(Laboratory laboratory, ExperimentOptions options) {
            return TrainedModel.ofWeights(laboratory, config, weights, options);
        }
    }

    /** The model that was chosen. */
    TrainedModel open(Laboratory laboratory, ExperimentOptions options) {
        return run != null ? TrainedModel.ofRun(laboratory, run, options) : weights.open(laboratory, options);
    }
}
