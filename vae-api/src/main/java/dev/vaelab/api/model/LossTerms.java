package dev.vaelab.api.model;

/**
 * The two terms of the negative ELBO, one value for each image of a batch, in nats.
 *
 * @param reconstruction -log p(x|z), summed over pixels and channels, [images]
 * @param kl KL(q(z|x) || N(0, I)), summed over latent dimensions, [images]
 * @param <T> the engine's tensor
 */
public record LossTerms<T>(T reconstruction, T kl) {}
