package dev.vaelab.cli.wiring;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.EvaluationBatches;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.training.Checkpoint;
import dev.vaelab.api.training.Evaluator;
import dev.vaelab.api.training.Figures;
import dev.vaelab.api.training.LatentStatistics;
import dev.vaelab.api.training.Trainer;
import dev.vaelab.api.training.TrainingProgress;
import dev.vaelab.api.training.TrainingResult;
import dev.vaelab.cli.json.JsonText;
import dev.vaelab.cli.report.RunReportFile;
import dev.vaelab.cli.run.RunFolder;
import dev.vaelab.cli.run.RunResult;
import jakarta.inject.Inject;
import java.util.Optional;

/** A training from its first step to the test of its best checkpoint. */
public final class TrainingSession {
    private final ExperimentConfig config;
    private final Architecture architecture;
    private final DataSplits splits;
    private final RandomStreams streams;
    private final ModelFactory models;
    private final Trainer trainer;
    private final RunFolder run;
    private final RunPictures pictures;
    private final RunReportFile report;

    @Inject
    TrainingSession(
            ExperimentConfig config,
            Architecture architecture,
            DataSplits splits,
            RandomStreams streams,
            ModelFactory models,
            Trainer trainer,
            RunFolder run,
            RunPictures pictures,
            RunReportFile report) {
        this.config = config;
        this.architecture = architecture;
        this.splits = splits;
        this.streams = streams;
        this.models = models;
        this.trainer = trainer;
        this.run = run;
        this.pictures = pictures;
        this.report = report;
    }

    /**
     * Trains, tests the best checkpoint, makes its pictures and the page of the run.
     *
     * @param from where an earlier training of the run stopped
     * @return nothing if the training was asked to stop
     */
    public Optional<RunResult> execute(Optional<Checkpoint> from) {
        try (VaeModel<?> model =
                from.isPresent() ? models.withWeights(from.get().weights()) : models.withInitialWeights()) {
            from.ifPresent(checkpoint -> model.loadOptimizerState(checkpoint.optimizer()));
            TrainingResult result =
                    trainer.train(model, from.map(Checkpoint::progress).orElse(TrainingProgress.START));
            if (!result.finished()) {
                return Optional.empty();
            }
            model.loadWeights(run.checkpoints().loadBest(architecture));
            EvaluationBatches test = testBatches();
            RunResult tested = describe(Evaluator.evaluate(model, test), result);
            RunFolder.writeText(run.result(), JsonText.page(tested));
            RunFolder.writeText(run.latent(), JsonText.page(LatentStatistics.measure(model, test)));
            pictures.write(model);
            report.write();
            return Optional.of(tested);
        }
    }

    private EvaluationBatches testBatches() {
        return new EvaluationBatches(
                splits.test(),
                config.training().batchSize(),
                architecture.latent(),
                streams,
                Split.TEST.evaluationNoise());
    }

    private RunResult describe(Figures test, TrainingResult result) {
        return new RunResult(
                config.name(),
                config.backend(),
                config.seed(),
                result.epochs(),
                result.progress().bestEpoch(),
                result.progress().bestLoss(),
                config.measure(),
                test);
    }
}
