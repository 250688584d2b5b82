package dev.vaelab.api.model;

/**
 * The approximate posterior q(z|x) of a batch of images: a Gaussian with a diagonal covariance for each image.
 *
 * @param mean the means, [images, latent]
 * @param logVariance the natural logarithms of the variances, [images, latent]
 * @param <T> the engine's tensor
 */
public record Posterior<T>(T mean, T logVariance) {}
