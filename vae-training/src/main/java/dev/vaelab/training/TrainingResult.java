package dev.vaelab.training;

/**
 * How a training ended.
 *
 * @param finished whether all epochs are done or early stopping ended it; false if it was asked to stop
 * @param progress how far it has come
 */
public record TrainingResult(boolean finished, TrainingProgress progress) {
    /** Epochs that were trained to their end. */
    public int epochs() {
        return progress.epoch() - 1;
    }
}
