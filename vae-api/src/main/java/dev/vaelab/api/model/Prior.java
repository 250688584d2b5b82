package dev.vaelab.api.model;

import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.api.weights.NamedTensors;

/** The distribution p(z) of latents before an image is seen. */
public interface Prior extends Part {
    /**
     * log p(z).
     *
     * @param latents [rows, latent]
     * @param own tensors of the prior
     * @return nats, [rows]
     */
    <X> Operand<X> logDensity(Operand<X> latents, PartTensors<X> own);

    /** True unless {@link #divergence} is replaced by one that does not look at the latents. */
    @Override
    default boolean needsDraws() {
        return true;
    }

    /**
     * KL(q(z|x) || p(z)). By default it is estimated by one latent of each posterior, log q(z|x) - log p(z); a prior for which the
     * integral is known gives that.
     *
     * @param posterior q, tensors of [rows, latent]
     * @param latents drawn from it, [rows, latent]
     * @param own tensors of the prior
     * @return nats, [rows]
     */
    default <X> Operand<X> divergence(Posterior<Operand<X>> posterior, Operand<X> latents, PartTensors<X> own) {
        return GaussianDensity.log(latents, posterior.mean(), posterior.logVariance())
                .minus(logDensity(latents, own));
    }

    /**
     * KL(q(z|x) || p(z)) in parts that add up to {@link #divergence}: those of the latent dimensions, where the prior has them
     * independent of each other. By default there is one part, the whole.
     *
     * @param posterior q, tensors of [rows, latent]
     * @param latents drawn from it, [rows, latent]
     * @param own tensors of the prior
     * @return nats, [rows, parts]
     */
    default <X> Operand<X> divergenceParts(Posterior<Operand<X>> posterior, Operand<X> latents, PartTensors<X> own) {
        Operand<X> whole = divergence(posterior, latents, own);
        return whole.reshape(whole.size(0), 1);
    }

    /**
     * Draws latents, to be decoded into new images.
     *
     * @param count how many
     * @param latent dimensions of the latent space
     * @param own tensors of the prior, by the names that it gave them
     * @param streams where random numbers come from
     * @param purpose which of the streams
     * @return count vectors one after the other; fewer are the first ones of more
     */
    float[] draw(int count, int latent, NamedTensors own, RandomStreams streams, Purpose purpose);
}
