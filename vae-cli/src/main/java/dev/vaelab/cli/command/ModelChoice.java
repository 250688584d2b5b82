package dev.vaelab.cli.command;

import dev.vaelab.experiment.file.LoadedExperiment;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.wiring.Laboratory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
            return TrainedModel.ofWeights(laboratory, config, weights, options.overrides(), options.backend());
        }
    }

    /** The model that was chosen. */
    TrainedModel open(Laboratory laboratory, ExperimentOptions options) {
        return open(laboratory, options.overrides(), options.backend());
    }

    /** The model that was chosen. */
    TrainedModel open(Laboratory laboratory, List<String> overrides, Optional<String> backend) {
        return run != null
                ? TrainedModel.ofRun(laboratory, run, overrides, backend)
                : TrainedModel.ofWeights(laboratory, weights.config, weights.weights, overrides, backend);
    }

    /**
     * The experiment of the model with other images.
     *
     * @param kept keys of its own {@code dataset} that stay
     * @param overrides with the data set
     */
    LoadedExperiment loadWithOtherImages(
            Laboratory laboratory, Set<String> kept, List<String> overrides, Optional<String> backend) {
        return laboratory
                .loader()
                .withOtherImages(kept)
                .load(run != null ? RunFolder.open(run).config() : weights.config, overrides, backend);
    }
}
