package dev.vaelab.cli.command;

import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.EvaluationBatches;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.dataset.TrainingBatches;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.benchmark.EngineMeasurement;
import dev.vaelab.experiment.benchmark.MatrixSpeed;
import dev.vaelab.experiment.benchmark.MeasurementQuestion;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.process.Questions;
import dev.vaelab.experiment.run.Provenance;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiment.wiring.ModelFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One engine of {@code bench}, which asks it on standard input: a part of that command, and none for people. */
@Command(name = "measure", hidden = true, description = "Measures one engine when bench asks for it.")
final class MeasureCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CONFIG", description = "Experiment file.")
    private Path config;

    @Option(names = "--backend", required = true, paramLabel = "NAME", description = "The engine.")
    private String backend;

    @Option(
            names = "--duration",
            required = true,
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "For how long each thing is measured in each turn.")
    private Duration duration;

    @Override
    public Integer call() {
        Laboratory laboratory = PluginWarnings.open(spec);
        ExperimentConfig experimentConfig = laboratory
                .loader()
                .load(config, List.of(), Optional.of(backend))
                .config();
        Laboratory.Assembly experiment = laboratory.assemble(experimentConfig);
        Provenance provenance = Provenance.ofThisProcess(
                experimentConfig, experiment.get(VaeBackend.class), experiment.get(Dataset.class));
        try (VaeModel<?> model = experiment.get(ModelFactory.class).withInitialWeights();
                MatrixSpeed matrices =
                        MatrixSpeed.of(experiment.get(VaeBackend.class), experiment.get(RandomStreams.class))) {
            EngineMeasurement<?> measurement = measurement(experiment, experimentConfig, model, matrices);
            Questions.answerAll(
                    System.in, spec.commandLine().getOut(), question -> switch (MeasurementQuestion.valueOf(question)) {
                        case PROVENANCE -> JsonText.line(provenance);
                        case TURN -> JsonText.line(measurement.takeTurn());
                    });
        }
        return ExitCode.OK;
    }

    private EngineMeasurement<?> measurement(
            Laboratory.Assembly experiment, ExperimentConfig config, VaeModel<?> model, MatrixSpeed matrices) {
        DataSplits splits = experiment.get(DataSplits.class);
        RandomStreams streams = experiment.get(RandomStreams.class);
        int batchSize = config.training().batchSize();
        int latent = model.noisePerImage();
        return new EngineMeasurement<>(
                model,
                new StepSettings(
                        config.training().optimizer().learningRate(),
                        config.loss().beta()),
                new TrainingBatches(
                        splits.train(),
                        batchSize,
                        latent,
                        streams,
                        config.dataset().binarization()),
                new EvaluationBatches(
                        splits.validates() ? splits.validation() : splits.trainEvaluated(),
                        batchSize,
                        latent,
                        streams,
                        Split.VALIDATION.evaluationNoise()),
                matrices,
                duration);
    }
}
