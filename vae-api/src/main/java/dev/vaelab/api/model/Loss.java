package dev.vaelab.api.model;

/**
 * The two terms of the negative evidence lower bound (ELBO) of each image.
 *
 * <p>Source: Kingma and Welling (2014), equations 3 and 10 and appendix B: -ELBO = -log p(x|z) + KL(q(z|x) || N(0, I)).
 * A weighting of the terms (beta) is not the loss's business: what trains applies it.
 *
 * @param <T> the engine's tensor
 */
public interface Loss<T> {
    /**
     * Computes both terms.
     *
     * @param logits what the decoder gave, [images, channels, height, width]
     * @param images the images that were encoded, in [0,1], of the same shape
     * @param posterior what the encoder gave, tensors of [images, latent]
     * @return the two terms of each image, in nats
     */
    LossTerms<T> compute(T logits, T images, Posterior<T> posterior);
}
