package dev.vaelab.experiment.wiring;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.EvaluationBatches;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.DataRecord;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunResult;
import dev.vaelab.training.Checkpoint;
import dev.vaelab.training.Evaluator;
import dev.vaelab.training.Trainer;
import dev.vaelab.training.TrainingListener;
import dev.vaelab.training.TrainingProgress;
import dev.vaelab.training.TrainingResult;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** A training from its first step to the test of its best checkpoint. */
public final class TrainingSession {
    private final ExperimentConfig config;
    private final Architecture architecture;
    private final DataRecord record;
    private final DataSplits splits;
    private final RandomStreams streams;
    private final ModelFactory models;
    private final Trainer trainer;
    private final List<TrainingListener> listeners;
    private final RunFolder run;

    @Inject
    TrainingSession(
            ExperimentConfig config,
            Architecture architecture,
            DataRecord record,
            DataSplits splits,
            RandomStreams streams,
            ModelFactory models,
            Trainer trainer,
            List<TrainingListener> listeners,
            RunFolder run) {
        this.config = config;
        this.architecture = architecture;
        this.record = record;
        this.splits = splits;
        this.streams = streams;
        this.models = models;
        this.trainer = trainer;
        this.listeners = listeners;
        this.run = run;
    }

    /**
     * Trains, tests the best checkpoint, then tells those who watch of it: what they make pictures and pages of is on the disk
     * before.
     *
     * @param from where an earlier training of the run stopped
     * @return nothing if the training was asked to stop
     * @throws RunFailedException if a loss or a test figure is not finite
     */
    public Optional<RunResult> execute(Optional<Checkpoint> from) {
        try {
            return trainAndTest(from);
        } catch (RuntimeException | Error e) {
            try {
                listeners.forEach(TrainingListener::trainingFailed);
            } catch (RuntimeException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private Optional<RunResult> trainAndTest(Optional<Checkpoint> from) {
        record.write(run);
        try (VaeModel<?> model = models.toTrain(from)) {
            TrainingResult result = train(model, from.map(Checkpoint::progress).orElse(TrainingProgress.START));
            if (!result.finished()) {
                listeners.forEach(TrainingListener::trainingStopped);
                return Optional.empty();
            }
            model.loadWeights(run.checkpoints().loadBest(architecture));
            Figures test = Evaluator.evaluate(model, config.loss().beta(), testBatches(model));
            if (!test.finite()) {
                throw new RunFailedException("the test figures of the best epoch are not finite: " + test.text()
                        + "; the checkpoints are kept in " + run.path());
            }
            RunResult tested = describe(test, result);
            RunFolder.writeText(run.result(), JsonText.page(tested));
            listeners.forEach(listener -> listener.bestTested(model));
            return Optional.of(tested);
        }
    }

    private TrainingResult train(VaeModel<?> model, TrainingProgress start) {
        try {
            return trainer.train(model, start);
        } finally {
            listeners.forEach(TrainingListener::trainingEnded);
        }
    }

    private EvaluationBatches testBatches(VaeModel<?> model) {
        return new EvaluationBatches(
                splits.test(),
                config.training().batchSize(),
                model.noisePerImage(),
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
                splits.validates() ? result.progress().bestLoss() : null,
                config.measure(),
                test);
    }
}
