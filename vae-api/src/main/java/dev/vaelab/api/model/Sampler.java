package dev.vaelab.api.model;

import dev.vaelab.api.tensor.Operand;

/** Draws latents from the approximate posterior, from noise that was drawn outside the engine. */
public interface Sampler extends Part {
    /** Whether the latents are draws from the posterior, so that means over them estimate expectations; true by default. */
    default boolean draws() {
        return true;
    }

    /**
     * Draws one latent vector for each row.
     *
     * @param posterior tensors of [rows, latent]
     * @param noise standard normal noise, [rows, latent]
     * @param own tensors of the sampler
     * @return latents, [rows, latent]
     */
    <X> Operand<X> sample(Posterior<Operand<X>> posterior, Operand<X> noise, PartTensors<X> own);
}
