package dev.vaelab.training;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.EvaluationBatches;
import dev.vaelab.api.dataset.PrefetchedBatches;
import dev.vaelab.api.dataset.TrainingBatches;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.weights.NamedTensors;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The training loop: epochs of shuffled batches, validation after each, the best and the latest state kept. Without validation
 * images the latest state is the best.
 *
 * <p>Order of the images, noise and the choice of the best epoch are decided here, from the experiment's seed, so that
 * every engine is given the same.
 */
public final class Trainer {
    private final ExperimentConfig config;
    private final DataSplits data;
    private final CheckpointFolder checkpoints;
    private final List<TrainingListener> listeners;
    private final StopRequest stop;
    private final RandomStreams streams;

    /**
     * Prepares a training.
     *
     * @param config the experiment
     * @param data its images
     * @param checkpoints where states are kept
     * @param listeners who watches, told in this order
     * @param stop how it is asked to stop before its end
     */
    public Trainer(
            ExperimentConfig config,
            DataSplits data,
            CheckpointFolder checkpoints,
            List<TrainingListener> listeners,
            StopRequest stop) {
        this.config = config;
        this.data = data;
        this.checkpoints = checkpoints;
        this.listeners = List.copyOf(listeners);
        this.stop = stop;
        this.streams = new RandomStreams(config.seed());
    }

    /**
     * Trains until the last epoch is done, early stopping ends it or a stop is asked for.
     *
     * @param model a model with the weights and optimizer state that belong to {@code start}; left as the last step left
     *     it
     * @param start {@link TrainingProgress#START}, or where an earlier training stopped
     * @throws RunFailedException if the loss is no longer finite, with the step; the checkpoints of the last sound epoch
     *     stay. Or if a checkpoint cannot be written
     */
    public TrainingResult train(VaeModel<?> model, TrainingProgress start) {
        TrainingProgress progress = start;
        while (!progress.ends(config.training()) && !isToPause(progress)) {
            progress = trainEpoch(model, progress);
            boolean amidEpoch = progress.batches() > 0;
            if (amidEpoch) {
                checkpoints.saveLast(model.weights(), model.optimizerState(), progress);
            }
            if (amidEpoch || stop.requested()) {
                break;
            }
        }
        return new TrainingResult(progress.ends(config.training()), progress);
    }

    /** An epoch that is begun is finished, even if the stop was asked for after an earlier one. */
    private boolean isToPause(TrainingProgress progress) {
        return progress.batches() == 0 && stop.requestedAfter(progress.epoch() - 1);
    }

    /** Returns the beginning of the next epoch, or a place within this one, at most its end, if a stop was asked for. */
    private TrainingProgress trainEpoch(VaeModel<?> model, TrainingProgress start) {
        int epoch = start.epoch();
        TrainingBatches batches = new TrainingBatches(
                data.train(),
                config.training().batchSize(),
                model.noisePerImage(),
                streams,
                config.dataset().binarization());
        listeners.forEach(listener -> listener.epochStarted(epoch, start.batches(), batches.perEpoch()));
        long stepsBefore = (long) (epoch - 1) * batches.perEpoch();
        FigureSum sum = start.sum();
        int done = start.batches();
        long began = System.nanoTime();
        try (PrefetchedBatches prepared = PrefetchedBatches.start(batches.epoch(epoch, done))) {
            while (prepared.hasNext()) {
                Batch batch = prepared.next();
                done++;
                Figures figures = model.step(batch, config.stepSettings(epoch, stepsBefore + done));
                requireFinite(figures, epoch, done, batches.perEpoch());
                sum = sum.plusMeans(figures, batch.count());
                listeners.forEach(listener -> listener.stepDone(figures, batch.count()));
                if (stop.requested()) {
                    return new TrainingProgress(
                            epoch, done, sum, start.bestEpoch(), start.bestLoss(), start.patience());
                }
            }
        }
        double trainingSeconds = (System.nanoTime() - began) / 1e9;
        return finishEpoch(model, start, sum, trainingSeconds, batches.perEpoch());
    }

    private TrainingProgress finishEpoch(
            VaeModel<?> model, TrainingProgress start, FigureSum sum, double trainingSeconds, int batchesPerEpoch) {
        int epoch = start.epoch();
        listeners.forEach(TrainingListener::validationStarted);
        long began = System.nanoTime();
        Figures validation = data.validates() ? validate(model) : null;
        double validationSeconds = validation == null ? 0 : (System.nanoTime() - began) / 1e9;
        if (stop.requested()) {
            return new TrainingProgress(
                    epoch, batchesPerEpoch, sum, start.bestEpoch(), start.bestLoss(), start.patience());
        }
        if (validation != null && !validation.finite()) {
            throw new RunFailedException("the validation loss became " + validation.loss() + " after epoch " + epoch
                    + "; " + kept() + "; a lower training.optimizer.learningRate may help");
        }
        double loss = validation == null ? Double.POSITIVE_INFINITY : validation.loss();
        boolean best = validation == null || loss < start.bestLoss();
        TrainingProgress next = new TrainingProgress(
                epoch + 1,
                0,
                FigureSum.ZERO,
                best ? epoch : start.bestEpoch(),
                best ? loss : start.bestLoss(),
                validation == null ? start.patience() : start.patience().after(loss, minDelta()));
        long steps = (long) epoch * batchesPerEpoch;
        StepSettings settings = config.stepSettings(epoch, steps);
        EpochMetrics metrics = new EpochMetrics(
                epoch,
                steps,
                config.measure(),
                sum.mean(),
                validation,
                validation == null ? null : loss,
                best,
                settings.learningRate(),
                settings.beta(),
                trainingSeconds,
                validationSeconds,
                (sum.images() - start.sum().images()) / trainingSeconds,
                ProcessMemory.residentBytes());
        // In this order a crash loses nothing: an epoch that is recorded without its state is repeated and recorded
        // anew,
        // and the best state can be made from the latest one.
        listeners.forEach(listener -> listener.epochFinished(metrics, model));
        NamedTensors weights = model.weights();
        OptimizerState optimizer = model.optimizerState();
        checkpoints.saveLast(weights, optimizer, next);
        if (best) {
            checkpoints.saveBest(weights, epoch, loss);
        }
        // A model may compute with more digits than it hands out; a resume could not go on with them.
        model.loadWeights(weights);
        model.loadOptimizerState(optimizer);
        return next;
    }

    private Figures validate(VaeModel<?> model) {
        return Evaluator.evaluate(
                model,
                config.loss().beta(),
                new UntilStopped(
                        new EvaluationBatches(
                                data.validation(),
                                config.training().batchSize(),
                                model.noisePerImage(),
                                streams,
                                Purpose.VALIDATION_NOISE),
                        stop));
    }

    private double minDelta() {
        return config.training().earlyStopping() == null
                ? 0
                : config.training().earlyStopping().minDelta();
    }

    private void requireFinite(Figures figures, int epoch, int batch, int batchesPerEpoch) {
        if (figures.finite()) {
            return;
        }
        long step = (long) (epoch - 1) * batchesPerEpoch + batch;
        throw new RunFailedException("the loss became " + figures.loss() + " at step " + step + " (epoch " + epoch
                + ", batch " + batch + " of " + batchesPerEpoch + "): "
                + figures.terms().entrySet().stream()
                        .map(term -> term.getKey() + " " + term.getValue())
                        .collect(Collectors.joining(", "))
                + "; " + kept() + "; a lower training.optimizer.learningRate may help");
    }

    private String kept() {
        return checkpoints.hasLast()
                ? "the checkpoints of the last complete epoch are kept in "
                        + checkpoints.last().getParent()
                : "no epoch was complete, so there is no checkpoint";
    }
}
