package dev.vaelab.training;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.EvaluationBatches;
import dev.vaelab.api.dataset.PrefetchedBatches;
import dev.vaelab.api.dataset.TrainingBatches;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.TrainingConfig;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
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
    private final LongSupplier nanoseconds;
    private final RandomStreams streams;
    private Optional<Steps> cut = Optional.empty();

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
        this(config, data, checkpoints, listeners, stop, System::nanoTime);
    }

    /**
     * Prepares a training whose time limit another clock decides about.
     *
     * @param nanoseconds a clock that only goes forward
     */
    Trainer(
            ExperimentConfig config,
            DataSplits data,
            CheckpointFolder checkpoints,
            List<TrainingListener> listeners,
            StopRequest stop,
            LongSupplier nanoseconds) {
        this.config = config;
        this.data = data;
        this.checkpoints = checkpoints;
        this.listeners = List.copyOf(listeners);
        this.stop = stop;
        this.nanoseconds = nanoseconds;
        this.streams = new RandomStreams(config.seed());
    }

    /**
     * Trains until the last epoch is done, early stopping ends it, its time is over or a stop is asked for.
     *
     * <p>A training whose time is over within an epoch is finished: the weights that it has come to are validated and compared with
     * the best ones, as at the end of an epoch. With more time it goes on within that epoch, as if it had not ended.
     *
     * @param model a model with the weights and optimizer state that belong to {@code start}; left as the last step left
     *     it
     * @param start {@link TrainingProgress#START}, or where an earlier training stopped
     * @throws RunFailedException if the loss is no longer finite, with the step; the checkpoints of the last sound epoch
     *     stay. Or if a checkpoint cannot be written
     */
    public TrainingResult train(VaeModel<?> model, TrainingProgress start) {
        TimeSpent time = new TimeSpent(start.time(), nanoseconds);
        TrainingProgress progress = start;
        while (!progress.ends(config.training()) && !isToPause(progress)) {
            progress = trainEpoch(model, progress, time);
            boolean amidEpoch = progress.batches() > 0;
            if (amidEpoch) {
                checkpoints.saveLast(Checkpoint.of(model, progress));
            }
            if (stop.requested()) {
                return new TrainingResult(!amidEpoch && progress.ends(config.training()), progress);
            }
        }
        if (!progress.ends(config.training())) {
            return new TrainingResult(false, progress);
        }
        TrainingProgress end = progress;
        if (end.timeIsOver(config.training())
                && end.epoch() <= config.training().epochs()) {
            listeners.forEach(listener -> listener.timeIsOver(end));
        }
        return progress.batches() > 0 ? finishWithin(model, progress) : new TrainingResult(true, progress);
    }

    /** An epoch that is begun is finished, even if the stop was asked for after an earlier one. */
    private boolean isToPause(TrainingProgress progress) {
        return progress.batches() == 0 && stop.requestedAfter(progress.epoch() - 1);
    }

    /** Returns the beginning of the next epoch, or a place within this one if a stop was asked for or the time is over. */
    private TrainingProgress trainEpoch(VaeModel<?> model, TrainingProgress start, TimeSpent time) {
        int epoch = start.epoch();
        TrainingConfig training = config.training();
        TrainingBatches steps = steps(model);
        listeners.forEach(listener -> listener.epochStarted(epoch, start.batches(), steps.perEpoch()));
        long stepsBefore = (long) (epoch - 1) * steps.perEpoch();
        TrainingProgress progress = start;
        long began = System.nanoTime();
        try (PrefetchedBatches prepared = PrefetchedBatches.start(steps.epoch(epoch, start.batches()))) {
            while (prepared.hasNext()) {
                Batch batch = prepared.next();
                int done = progress.batches() + 1;
                Figures figures =
                        model.step(batch.split(training.batchSize()), config.stepSettings(epoch, stepsBefore + done));
                requireFinite(figures, epoch, done, steps.perEpoch());
                listeners.forEach(listener -> listener.stepDone(figures, batch.count()));
                progress = timed(progress.within(done, progress.sum().plusMeans(figures, batch.count())), time);
                boolean last = done == steps.perEpoch();
                if (stop.requested()) {
                    return progress;
                }
                if (!last && progress.timeIsOver(training)) {
                    cut = Optional.of(epochSoFar(start, progress, secondsSince(began), steps.perEpoch()));
                    return progress;
                }
                if (!last && isCheckpoint(stepsBefore + done)) {
                    saveLast(model, progress);
                }
            }
        }
        return finishEpoch(model, progress, epochSoFar(start, progress, secondsSince(began), steps.perEpoch()), time);
    }

    private static double secondsSince(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    /** The images of each step of the optimizer, which it may take in several batches. */
    private TrainingBatches steps(VaeModel<?> model) {
        return new TrainingBatches(
                data.train(),
                config.training().imagesPerStep(),
                model.noisePerImage(),
                streams,
                config.dataset().binarization());
    }

    /** The progress with the time that it took, if that is limited: otherwise nobody asks, and the same training writes the same files. */
    private TrainingProgress timed(TrainingProgress progress, TimeSpent time) {
        return config.training().timeLimit().isPresent() ? progress.withTime(time.now()) : progress;
    }

    private boolean isCheckpoint(long step) {
        Integer every = config.training().checkpointEvery();
        return every != null && step % every == 0;
    }

    /** Saves the latest state, and goes on with what is in the file: a model may compute with more digits, which a resume has not. */
    private void saveLast(VaeModel<?> model, TrainingProgress progress) {
        Checkpoint state = Checkpoint.of(model, progress);
        checkpoints.saveLast(state);
        state.restore(model);
    }

    /**
     * The steps of an epoch.
     *
     * @param seconds of training in this sitting
     * @param images that they trained on in this sitting
     * @param perEpoch steps of a whole epoch
     */
    private record Steps(TrainingProgress progress, double seconds, long images, int perEpoch) {
        /** Of the whole training, until here. */
        long count() {
            return (long) (progress.epoch() - 1) * perEpoch + progress.batches();
        }
    }

    private static Steps epochSoFar(TrainingProgress start, TrainingProgress progress, double seconds, int perEpoch) {
        return new Steps(
                progress, seconds, progress.sum().images() - start.sum().images(), perEpoch);
    }

    /** Returns the beginning of the next epoch, or the end of this one if a stop was asked for. */
    private TrainingProgress finishEpoch(VaeModel<?> model, TrainingProgress end, Steps steps, TimeSpent time) {
        Checkpoint state = Checkpoint.of(model, end);
        Optional<Judgement> judgement = judge(model, state);
        if (judgement.isEmpty()) {
            return end;
        }
        Judgement judged = judgement.get();
        boolean best = judged.validation() == null || judged.loss() < end.bestLoss();
        TrainingProgress atEnd = end.within(0, FigureSum.ZERO);
        Patience patience =
                judged.validation() == null ? end.patience() : end.patience().after(judged.loss(), minDelta());
        TrainingProgress next = timed((best ? atEnd.withBest(judged.loss()) : atEnd).next(patience), time);
        record(model, state.at(next), steps, judged, best);
        return next;
    }

    /** Finishes a training whose time was over within an epoch. */
    private TrainingResult finishWithin(VaeModel<?> model, TrainingProgress end) {
        Checkpoint state = Checkpoint.of(model, end);
        Optional<Judgement> judgement = judge(model, state);
        if (judgement.isEmpty()) {
            return new TrainingResult(false, end);
        }
        Judgement judged = judgement.get();
        // Done before, perhaps, by a process that was ended afterwards: the same loss is the best one still.
        boolean best = judged.validation() == null || judged.loss() < end.bestLoss() || end.isBest();
        TrainingProgress place = best ? end.withBest(judged.loss()) : end;
        // Without a step in this sitting, there is only to repeat what an earlier one had to say.
        Steps steps = cut.orElseGet(() -> new Steps(end, 0, 0, steps(model).perEpoch()));
        record(model, state.at(place), steps, judged, best);
        return new TrainingResult(true, place);
    }

    /**
     * What validation says of a model.
     *
     * @param validation null if there are no validation images
     * @param loss infinite if there are none
     */
    private record Judgement(Figures validation, double loss, double seconds) {}

    /** Evaluates a model, with the average of its weights if it keeps one, which it has afterwards; nothing if a stop was asked for. */
    private Optional<Judgement> judge(VaeModel<?> model, Checkpoint state) {
        listeners.forEach(TrainingListener::validationStarted);
        state.average().ifPresent(model::loadWeights);
        long began = System.nanoTime();
        Figures validation = data.validates() ? validate(model) : null;
        double seconds = validation == null ? 0 : secondsSince(began);
        if (stop.requested()) {
            state.restore(model);
            return Optional.empty();
        }
        if (validation != null && !validation.finite()) {
            throw new RunFailedException("the validation loss became " + validation.loss() + " after epoch "
                    + state.progress().epoch() + "; " + kept() + "; a lower training.optimizer.learningRate may help");
        }
        double loss = validation == null ? Double.POSITIVE_INFINITY : validation.loss();
        return Optional.of(new Judgement(validation, loss, seconds));
    }

    /** Tells and saves what a model has come to, and lets it go on with that. */
    private void record(VaeModel<?> model, Checkpoint state, Steps steps, Judgement judged, boolean best) {
        int epoch = steps.progress().epoch();
        StepSettings settings = config.stepSettings(epoch, steps.count());
        EpochMetrics metrics = new EpochMetrics(
                epoch,
                steps.count(),
                config.measure(),
                steps.progress().sum().mean(),
                judged.validation(),
                judged.validation() == null ? null : judged.loss(),
                best,
                settings.learningRate(),
                settings.beta(),
                steps.seconds(),
                judged.seconds(),
                steps.images() == 0 ? 0 : steps.images() / steps.seconds(),
                ProcessMemory.residentBytes());
        // In this order a crash loses nothing: an epoch that is recorded without its state is repeated and recorded
        // anew,
        // and the best state can be made from the latest one.
        listeners.forEach(listener -> listener.epochFinished(metrics, model));
        checkpoints.saveLast(state);
        if (best) {
            checkpoints.saveBest(state.evaluated(), epoch, judged.loss());
        }
        // A model may compute with more digits than it hands out; a resume could not go on with them.
        state.restore(model);
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
        if (!checkpoints.hasLast()) {
            return "no epoch was complete, so there is no checkpoint";
        }
        String which = config.training().checkpointEvery() == null ? "of the last complete epoch " : "before ";
        return "the checkpoints " + which + "are kept in " + checkpoints.last().getParent();
    }
}
