package dev.vaelab.api.model;

import dev.vaelab.api.tensor.Operand;

/**
 * What a loss computes with: the networks and the other parts of the model, with their tensors.
 *
 * @param <X> tensors of an engine where the loss is evaluated, variables of a tape where it is differentiated
 */
public interface VariationalModel<X> {
    /**
     * q(z|x) of each image. Asked for once in a computation, before the prior is.
     *
     * <p>A conditional model knows the labels of the images of the computation, of which these are all, in their order.
     *
     * @param images [rows, channels, height, width]
     */
    Posterior<Operand<X>> encode(Operand<X> images);

    /** Latents of each row, see {@link Sampler#sample}. */
    Operand<X> sample(Posterior<Operand<X>> posterior, Operand<X> noise);

    /**
     * Logits of each row of latents.
     *
     * @param latents [rows, latent]: a row for each image of the computation, or as many rows for each of them, one behind the other
     *     as {@link Operand#repeatEach} has them; so a conditional model knows of which label they are
     * @return [rows, channels, height, width]
     */
    Operand<X> decode(Operand<X> latents);

    /** log p(x|z) of each row, see {@link Likelihood#logDensity}. */
    Operand<X> logLikelihood(Operand<X> images, Operand<X> logits);

    /** log p(z) of each row, see {@link Prior#logDensity}. */
    Operand<X> logPrior(Operand<X> latents);

    /** KL(q(z|x) || p(z)) of each row, see {@link Prior#divergence}. */
    Operand<X> divergence(Posterior<Operand<X>> posterior, Operand<X> latents);

    /** The parts that the divergence of each row is the sum of, [rows, parts], see {@link Prior#divergenceParts}. */
    Operand<X> divergenceParts(Posterior<Operand<X>> posterior, Operand<X> latents);

    /** Latents of the prior from noise, see {@link Prior#sample}; asked for by losses that {@link Loss#needsPriorSamples() need} it. */
    Operand<X> samplePrior(Operand<X> noise);

    /**
     * Images that the model is trained on, the same in training and whatever is evaluated: the N of losses that estimate the
     * aggregate posterior of all of them.
     */
    int trainingImages();

    /** Tensors of the loss itself. */
    PartTensors<X> own();
}
