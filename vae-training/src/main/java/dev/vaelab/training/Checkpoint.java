package dev.vaelab.training;

import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.weights.NamedTensors;

/**
 * A training at one moment.
 *
 * @param weights every tensor of the model
 * @param optimizer what the optimizer remembers
 * @param progress how far the training has come
 */
public record Checkpoint(NamedTensors weights, OptimizerState optimizer, TrainingProgress progress) {}
