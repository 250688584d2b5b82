package dev.vaelab.api.model;

import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.api.weights.NamedTensors;
import java.util.Optional;

/** The distribution p(z) of latents before an image is seen. */
public interface Prior extends Part {
    /** Name of the means of the posteriors of {@link #pseudoInputs}, among the tensors that the prior gets, [count, latent]. */
    String PSEUDO_MEANS = "pseudo_inputs.mean";

    /** Name of their log-variances, [count, latent]. */
    String PSEUDO_LOG_VARIANCES = "pseudo_inputs.log_variance";

    /**
     * Images that the encoder sees for the prior; nothing by default. A prior that has some says so in {@link #pseudoInputCount}. Their posteriors are among the tensors that all other methods
     * get, under {@link #PSEUDO_MEANS} and {@link #PSEUDO_LOG_VARIANCES}, and what the prior computes of them is differentiated by
     * way of the encoder, and of the pseudo-inputs.
     *
     * <p>In training, the encoder runs once, and has the pseudo-inputs behind the images of the batch, as one batch: batch
     * normalization takes mean and variance of both, and moves the running statistics towards those. In evaluation, and when
     * latents are drawn, it normalizes by the running statistics, as it does images.
     *
     * @param own tensors of the prior
     * @return pixels in [0,1], [count, channels, height, width]
     */
    default <X> Optional<Operand<X>> pseudoInputs(PartTensors<X> own) {
        return Optional.empty();
    }

    /**
     * How many {@link #pseudoInputs} there are, which are asked for only if there are some; 0 by default. A conditional model, which
     * would have to know their labels, takes no such prior.
     */
    default int pseudoInputCount() {
        return 0;
    }

    /** Whether {@link #sample} is there; false by default. */
    default boolean reparameterized() {
        return false;
    }

    /**
     * Latents of the prior as a function of standard normal noise and its tensors that can be differentiated, for losses that
     * compare latents of images with them. A prior that has it says so in {@link #reparameterized}.
     *
     * @param noise [rows, latent]
     * @param own tensors of the prior
     * @return [rows, latent]
     */
    default <X> Operand<X> sample(Operand<X> noise, PartTensors<X> own) {
        throw new UnsupportedOperationException("the prior " + name() + " has no function from noise to its latents");
    }

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
     * @param own tensors of the prior, by the names that it gave them, and the posteriors of its pseudo-inputs
     * @param streams where random numbers come from
     * @param purpose which of the streams
     * @return count vectors one after the other; fewer are the first ones of more
     */
    float[] draw(int count, int latent, NamedTensors own, RandomStreams streams, Purpose purpose);
}
