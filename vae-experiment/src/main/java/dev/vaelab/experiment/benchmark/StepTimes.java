package dev.vaelab.experiment.benchmark;

/**
 * A training step and what can be called of it from outside of an engine, batch by batch in turns, so that the differences
 * mean something.
 *
 * @param step the whole step
 * @param forward the forward pass of a step: images and noise in, all four seams in
 *     {@link dev.vaelab.api.network.Phase#TRAINING}, loss terms out
 * @param gradients forward and backward pass, and a copy of the gradients out of the engine
 * @param copy a copy of the weights out of the engine, which are as many as the gradients
 */
public record StepTimes(Pace step, Pace forward, Pace gradients, Pace copy) {}
