package dev.vaelab.api.backend;

import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.weights.NamedTensors;

/**
 * What a backend needs to make a model.
 *
 * @param architecture its sizes
 * @param reconstruction the likelihood of the images given the latents
 * @param optimizer how a training step changes the weights
 * @param weights every tensor of the architecture under its canonical name: initial or trained weights
 */
public record ModelRequest(
        Architecture architecture, Reconstruction reconstruction, OptimizerSettings optimizer, NamedTensors weights) {}
