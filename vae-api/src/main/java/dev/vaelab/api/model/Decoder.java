package dev.vaelab.api.model;

import dev.vaelab.api.network.Phase;

/**
 * Maps latents to the parameters of the likelihood p(x|z).
 *
 * @param <T> the engine's tensor
 */
public interface Decoder<T> {
    /**
     * Decodes a batch.
     *
     * @param latents [images, latent]
     * @param phase what batch normalization is to do
     * @return logits, [images, channels, height, width]; their sigmoid is the expected image, pixels in (0,1)
     */
    T decode(T latents, Phase phase);
}
