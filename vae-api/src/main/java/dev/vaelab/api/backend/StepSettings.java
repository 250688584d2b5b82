package dev.vaelab.api.backend;

/**
 * What may change from one training step to the next.
 *
 * @param learningRate step size of the optimizer
 * @param beta weight of the KL term (I. Higgins et al., <em>beta-VAE</em>, 2017); 1 is the ELBO
 */
public record StepSettings(double learningRate, double beta) {}
