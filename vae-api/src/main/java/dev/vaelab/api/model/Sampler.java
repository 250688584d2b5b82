package dev.vaelab.api.model;

/**
 * Draws latents from the approximate posterior, from noise that was drawn outside the engine.
 *
 * <p>The default is the reparameterization of Kingma and Welling (2014), section 2.4: z = mean + exp(log-variance / 2)
 * * noise. Another way to draw is another implementation, beside the first.
 *
 * @param <T> the engine's tensor
 */
public interface Sampler<T> {
    /**
     * Draws one latent vector for each image.
     *
     * @param posterior the posterior, tensors of [images, latent]
     * @param noise standard normal noise, [images, latent]
     * @return latents, [images, latent]
     */
    T sample(Posterior<T> posterior, T noise);
}
