package dev.vaelab.api.training;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.StepFigures;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.EvaluationBatches;
import dev.vaelab.api.dataset.PrefetchedBatches;
import dev.vaelab.api.dataset.TrainingBatches;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import java.util.List;

/**
 * The training loop: epochs of shuffled batches, validation after each, the best and the latest state kept.
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
        while (!ended(progress)) {
            progress = trainEpoch(model, progress);
            boolean amidEpoch = progress.batches() > 0;
            if (amidEpoch) {
                checkpoints.saveLast(model.weights(), model.optimizerState(), progress);
            }
            if (amidEpoch || stop.requested()) {
                break;
            }
        }
        return new TrainingResult(ended(progress), progress);
    }

    private boolean ended(TrainingProgress progress) {
        boolean betweenEpochs = progress.batches() == 0;
        return progress.epoch() > config.training().epochs()
                || betweenEpochs
                        && progress.patience().exhausted(config.training().earlyStopping());
    }

    /** Returns the beginning of the next epoch, or a place within this one if a stop was asked for. */
    private TrainingProgress trainEpoch(VaeModel<?> model, TrainingProgress start) {
        int epoch = start.epoch();
        TrainingBatches batches = new TrainingBatches(
                data.train(),
                config.training().batchSize(),
                config.model().latent(),
                streams,
                config.dataset().binarization());
        listeners.forEach(listener -> listener.epochStarted(epoch, start.batches(), batches.perEpoch()));
        StepSettings settings = config.stepSettings(epoch);
        FigureSum sum = start.sum();
        int done = start.batches();
        long began = System.nanoTime();
        try (PrefetchedBatches prepared = PrefetchedBatches.start(batches.epoch(epoch, done))) {
            while (prepared.hasNext()) {
                Batch batch = prepared.next();
                StepFigures figures = model.step(batch, settings);
                done++;
                requireFinite(figures, epoch, done, batches.perEpoch());
                sum = sum.plusMeans(figures.reconstruction(), figures.kl(), batch.count());
                listeners.forEach(listener -> listener.stepDone(figures, batch.count()));
                if (stop.requested()) {
                    return new TrainingProgress(
                            epoch, done, sum, start.bestEpoch(), start.bestLoss(), start.patience());
                }
            }
        }
        double trainingSeconds = (System.nanoTime() - began) / 1e9;
        return finishEpoch(model, start, settings, sum, trainingSeconds, batches.perEpoch());
    }

    private TrainingProgress finishEpoch(
            VaeModel<?> model,
            TrainingProgress start,
            StepSettings settings,
            FigureSum sum,
            double trainingSeconds,
            int batchesPerEpoch) {
        int epoch = start.epoch();
        listeners.forEach(TrainingListener::validationStarted);
        long began = System.nanoTime();
        Figures validation = Evaluator.evaluate(
                model,
                new EvaluationBatches(
                        data.validation(),
                        config.training().batchSize(),
                        config.model().latent(),
                        streams,
                        Purpose.VALIDATION_NOISE));
        double validationSeconds = (System.nanoTime() - began) / 1e9;
        if (!validation.finite()) {
            throw new RunFailedException("the validation loss became " + validation.total() + " after epoch " + epoch
                    + "; " + kept() + "; a lower training.optimizer.learningRate may help");
        }
        double loss = validation.loss(config.loss().beta());
        boolean best = loss < start.bestLoss();
        TrainingProgress next = new TrainingProgress(
                epoch + 1,
                0,
                FigureSum.ZERO,
                best ? epoch : start.bestEpoch(),
                best ? loss : start.bestLoss(),
                start.patience().after(loss, minDelta()));
        if (best) {
            checkpoints.saveBest(model.weights(), epoch, loss);
        }
        checkpoints.saveLast(model.weights(), model.optimizerState(), next);
        EpochMetrics metrics = new EpochMetrics(
                epoch,
                (long) epoch * batchesPerEpoch,
                config.measure(),
                sum.mean(),
                validation,
                loss,
                best,
                settings.learningRate(),
                settings.beta(),
                trainingSeconds,
                validationSeconds,
                (sum.images() - start.sum().images()) / trainingSeconds,
                ProcessMemory.residentBytes());
        listeners.forEach(listener -> listener.epochFinished(metrics, model));
        return next;
    }

    private double minDelta() {
        return config.training().earlyStopping() == null
                ? 0
                : config.training().earlyStopping().minDelta();
    }

    private void requireFinite(StepFigures figures, int epoch, int batch, int batchesPerEpoch) {
        if (Double.isFinite(figures.reconstruction()) && Double.isFinite(figures.kl())) {
            return;
        }
        long step = (long) (epoch - 1) * batchesPerEpoch + batch;
        throw new RunFailedException("the loss became " + figures.loss(1) + " at step " + step + " (epoch " + epoch
                + ", batch " + batch + " of " + batchesPerEpoch + "): reconstruction " + figures.reconstruction()
                + ", kl "
                + figures.kl() + "; " + kept() + "; a lower training.optimizer.learningRate may help");
    }

    private String kept() {
        return checkpoints.hasLast()
                ? "the checkpoints of the last complete epoch are kept in "
                        + checkpoints.last().getParent()
                : "no epoch was complete, so there is no checkpoint";
    }
}
