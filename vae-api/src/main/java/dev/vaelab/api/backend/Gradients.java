package dev.vaelab.api.backend;

import dev.vaelab.api.model.Figures;
import dev.vaelab.api.weights.NamedTensors;

/**
 * What a training step would apply: the loss terms and the derivative of what the loss minimizes, averaged over the
 * batch, by every trainable tensor.
 *
 * @param figures the loss terms
 * @param gradients one gradient for each trainable tensor, under its canonical name, in canonical order; exactly zero for
 *     {@link dev.vaelab.api.tensor.TensorRole#ABSORBED} ones
 */
public record Gradients(Figures figures, NamedTensors gradients) {}
