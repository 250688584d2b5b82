package dev.vaelab.training;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Figures;

/** Watches a training. Called by the training thread; what it throws stops the training. */
public interface TrainingListener {
    /**
     * An epoch begins, or goes on after a resume.
     *
     * @param epoch counted from 1
     * @param batchesDone steps of it that are done already
     * @param batches steps that it has
     */
    default void epochStarted(int epoch, int batchesDone, int batches) {}

    /**
     * A step is done.
     *
     * @param figures mean terms of its batch
     * @param images size of its batch
     */
    default void stepDone(Figures figures, int images) {}

    /** The steps of an epoch are done, and the validation images come next, if there are any. */
    default void validationStarted() {}

    /**
     * An epoch is done, or as much of it as a time limit has left time for. Its checkpoints are written next: a training that is killed in between repeats the epoch, so that what
     * is recorded here is never behind them.
     *
     * @param model the model as it is now; a listener may ask it for forward passes
     */
    default void epochFinished(EpochMetrics metrics, VaeModel<?> model) {}

    /**
     * The time of the training is over, and no more steps come; what it has come to within an epoch is validated next.
     *
     * @param progress where it ends
     */
    default void timeIsOver(TrainingProgress progress) {}

    /** No more steps come: all epochs are done, the time is over, a stop was asked for, or something failed. Told by who starts the training. */
    default void trainingEnded() {}

    /** The training was asked to stop, and has. Told by who starts the training, after {@link #trainingEnded}. */
    default void trainingStopped() {}

    /** The training, or the test of its best checkpoint, has failed. Told by who starts the training. */
    default void trainingFailed() {}

    /**
     * The training is done, and its best checkpoint tested. Told by who starts the training.
     *
     * @param best the model with the weights of the best epoch
     */
    default void bestTested(VaeModel<?> best) {}
}
