package dev.vaelab.api.model;

import dev.vaelab.api.tensor.Operand;

/** What training minimizes, and the named terms that are reported of it. */
public interface Loss extends Part {
    /** Latents that are drawn for each image; 1 by default. */
    default int samples() {
        return 1;
    }

    /** Vectors of noise that come with each image beside those of its {@link #samples}, for all else that is drawn; 0 by default. */
    default int extraNoise() {
        return 0;
    }

    /** Vectors of noise that come with each image. */
    default int noiseVectors() {
        return Math.addExact(samples(), extraNoise());
    }

    /** Whether it asks for latents {@link VariationalModel#samplePrior of the prior}, which not every prior has; false by default. */
    default boolean needsPriorSamples() {
        return false;
    }

    /**
     * Images that a batch has at least in training; 1 by default. A loss that compares the images of a batch with each other learns
     * nothing from one, but has to be a number there, too: an evaluation may end with a batch of one.
     */
    default int smallestBatch() {
        return 1;
    }

    /**
     * Computes the loss of each image. The one place where encode, sample, decode and compare are spelled out.
     *
     * @param model networks and parts
     * @param images pixels in [0,1], [images, channels, height, width]
     * @param noise standard normal noise, [images * {@link #noiseVectors}, latent], the vectors of an image one behind the other:
     *     first those of its samples, then the extra ones
     * @param beta weight of the KL term (I. Higgins et al., <em>beta-VAE</em>, 2017), a scalar; 1 is the ELBO
     */
    <X> LossTerms<X> compute(VariationalModel<X> model, Operand<X> images, Operand<X> noise, Operand<X> beta);
}
