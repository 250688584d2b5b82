package dev.vaelab.testkit;

import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.training.part.Bernoulli;
import dev.vaelab.training.part.FixedGaussian;

/** How far float32 may be from the reference: the sizes by which differences are judged, and the shares of them. */
final class Tolerances {
    /** Of the largest value of a tensor, for what a few layers of float32 sums give. */
    private static final double VALUE = 1e-5;

    /** Of a loss term. */
    private static final double TERM = 1e-5;

    /** Of the largest entry of a gradient. */
    static final double GRADIENT = 2e-5;

    /** Of the largest entry after an update: a few roundings to float32. */
    private static final double UPDATE = 1e-6;

    private Tolerances() {}

    /** For the entries of a mean, a log-variance, latents, logits or running statistics: the same for each. */
    static Comparison.Tolerance ofValues(float[] expected) {
        double tolerance = VALUE * largest(expected);
        return index -> tolerance;
    }

    /**
     * For a reconstruction term, in nats. With a Bernoulli likelihood, and with a Gaussian one of the variances of the kit, each
     * pixel's share is positive, and their sum says how large they are. Other densities are above 1 and below it: shares of about a
     * nat and of both signs cancel, and what each has lost counts, however small the sum is.
     *
     * @param pixels how many values an image has
     */
    static double ofReconstruction(Likelihood likelihood, double expected, int pixels) {
        boolean positive = likelihood instanceof Bernoulli || likelihood instanceof FixedGaussian;
        return TERM * (positive ? expected : Math.max(Math.abs(expected), 0.5 * pixels));
    }

    /**
     * For a KL term, in nats. Each latent dimension contributes mean^2 + exp(log-variance) - 1 - log-variance, halved,
     * and what is lost when 1 is taken from a number close to 1 counts, however small the result is.
     */
    static double ofKl(double expected, int latent) {
        return TERM * (Math.abs(expected) + latent);
    }

    /**
     * For a term of a loss, in nats. What is made of the two terms of the ELBO, such as the loss itself, may be as far off as
     * both of them.
     *
     * @param expected has these two terms
     */
    static double ofTerm(String term, Likelihood likelihood, Figures expected, Architecture architecture) {
        double reconstruction = ofReconstruction(
                likelihood, expected.reconstruction(), architecture.image().size());
        double kl = ofKl(expected.kl(), architecture.latent());
        return switch (term) {
            case LossTerms.RECONSTRUCTION -> reconstruction;
            case LossTerms.KL -> kl;
            default -> reconstruction + kl;
        };
    }

    /**
     * For the entries of a trainable tensor's gradient: the same for each, and 0 where all must be exactly 0, which is
     * so for {@link dev.vaelab.api.tensor.TensorRole#ABSORBED} biases.
     */
    static Comparison.Tolerance ofGradient(float[] expected) {
        double tolerance = GRADIENT * largest(expected);
        return index -> tolerance;
    }

    /**
     * For parameters and slots after updates from given gradients: of the largest entry, since what is left where moments of both
     * signs cancel keeps what each was rounded by.
     */
    static Comparison.Tolerance ofUpdate(float[] expected) {
        double tolerance = UPDATE * largest(expected) + 1e-9;
        return index -> tolerance;
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
