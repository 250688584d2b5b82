package dev.vaelab.api.model;

import dev.vaelab.api.network.Phase;

/**
 * Maps images to their approximate posterior q(z|x).
 *
 * @param <T> the engine's tensor
 */
public interface Encoder<T> {
    /**
     * Encodes a batch.
     *
     * @param images pixels in [0,1], [images, channels, height, width]
     * @param phase what batch normalization is to do
     * @return means and log-variances, each [images, latent]
     */
    Posterior<T> encode(T images, Phase phase);
}
