package dev.vaelab.api.training;

/**
 * How a training ended.
 *
 * @param finished whether all epochs are done; false if it was asked to stop
 * @param progress how far it has come
 */
public record TrainingResult(boolean finished, TrainingProgress progress) {}
