package dev.vaelab.training;

import dev.vaelab.api.experiment.TrainingConfig;

/**
 * How far a training has come; with weights and optimizer state, all that is needed to go on as if it had not stopped.
 *
 * @param epoch the epoch in work or to begin with, counted from 1
 * @param batches training steps of that epoch that are done; 0 between epochs
 * @param sum terms of those steps
 * @param bestEpoch the epoch with the lowest validation loss so far, or the last one if there are no validation images; 0
 *     before the first
 * @param bestLoss that loss, in nats per image; infinite before the first, and if there are no validation images
 * @param patience how long there was no improvement
 */
public record TrainingProgress(
        int epoch, int batches, FigureSum sum, int bestEpoch, double bestLoss, Patience patience) {
    /** Nothing done yet. */
    public static final TrainingProgress START =
            new TrainingProgress(1, 0, FigureSum.ZERO, 0, Double.POSITIVE_INFINITY, Patience.START);

    /** Whether nothing is left to train: all epochs are done, or early stopping has ended the training between two. */
    public boolean ends(TrainingConfig config) {
        boolean betweenEpochs = batches == 0;
        return epoch > config.epochs() || betweenEpochs && patience.exhausted(config.earlyStopping());
    }
}
