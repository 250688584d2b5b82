package dev.vaelab.training;

/**
 * How a training ended.
 *
 * @param finished whether all epochs are done, early stopping ended it or its time is over; false if it was asked to stop
 * @param progress how far it has come
 */
public record TrainingResult(boolean finished, TrainingProgress progress) {
    /** Epochs that were trained to their end, and one that a time limit cut short. */
    public int epochs() {
        return progress.epochsBegun();
    }
}
