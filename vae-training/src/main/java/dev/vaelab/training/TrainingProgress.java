package dev.vaelab.training;

import dev.vaelab.api.experiment.TrainingConfig;
import java.time.Duration;

/**
 * How far a training has come; with weights and optimizer state, all that is needed to go on as if it had not stopped.
 *
 * @param epoch the epoch in work or to begin with, counted from 1
 * @param batches training steps of that epoch that are done; 0 between epochs
 * @param sum terms of those steps
 * @param bestEpoch the epoch with the lowest validation loss so far, or the last one if there are no validation images; 0
 *     before the first
 * @param bestBatches steps of that epoch after which it was so good, where a time limit cut it short; 0 for all of them
 * @param bestLoss that loss, in nats per image; infinite before the first, and if there are no validation images
 * @param patience how long there was no improvement
 * @param time that was spent so far, all sittings together; zero where no time limit has it measured
 */
public record TrainingProgress(
        int epoch,
        int batches,
        FigureSum sum,
        int bestEpoch,
        int bestBatches,
        double bestLoss,
        Patience patience,
        Duration time) {
    /** Nothing done yet. */
    public static final TrainingProgress START =
            new TrainingProgress(1, 0, FigureSum.ZERO, 0, 0, Double.POSITIVE_INFINITY, Patience.START, Duration.ZERO);

    /** Whether nothing is left to train: all epochs are done, early stopping has ended the training between two, or its time is over. */
    public boolean ends(TrainingConfig config) {
        boolean betweenEpochs = batches == 0;
        return epoch > config.epochs()
                || betweenEpochs && patience.exhausted(config.earlyStopping())
                || timeIsOver(config);
    }

    /** Whether the time of the training is over. */
    public boolean timeIsOver(TrainingConfig config) {
        return config.timeLimit().filter(limit -> time.compareTo(limit) >= 0).isPresent();
    }

    /** Epochs that are done, the one that is begun included. */
    public int epochsBegun() {
        return batches == 0 ? epoch - 1 : epoch;
    }

    /** Whether the best weights so far are those of this very moment. */
    boolean isBest() {
        return batches == 0 ? bestEpoch == epoch - 1 && bestBatches == 0 : bestEpoch == epoch && bestBatches == batches;
    }

    /** The same after other steps of the epoch in work. */
    TrainingProgress within(int done, FigureSum figures) {
        return new TrainingProgress(epoch, done, figures, bestEpoch, bestBatches, bestLoss, patience, time);
    }

    /** The same with this moment as the best one. */
    TrainingProgress withBest(double loss) {
        return new TrainingProgress(epoch, batches, sum, epoch, batches, loss, patience, time);
    }

    /** The beginning of the next epoch. */
    TrainingProgress next(Patience left) {
        return new TrainingProgress(epoch + 1, 0, FigureSum.ZERO, bestEpoch, bestBatches, bestLoss, left, time);
    }

    /** The same after more time. */
    TrainingProgress withTime(Duration spent) {
        return new TrainingProgress(epoch, batches, sum, bestEpoch, bestBatches, bestLoss, patience, spent);
    }
}
