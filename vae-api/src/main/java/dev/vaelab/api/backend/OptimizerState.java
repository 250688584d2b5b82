package dev.vaelab.api.backend;

import dev.vaelab.api.weights.NamedTensors;

/**
 * Everything that Adam remembers; with the weights, enough to go on as if training had never stopped.
 *
 * @param steps updates made so far
 * @param firstMoment running mean of the gradients, for each trainable tensor under its canonical name
 * @param secondMoment running mean of the squared gradients, likewise
 */
public record OptimizerState(long steps, NamedTensors firstMoment, NamedTensors secondMoment) {}
