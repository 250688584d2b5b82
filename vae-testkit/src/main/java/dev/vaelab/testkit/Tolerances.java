package dev.vaelab.testkit;

import dev.vaelab.api.weights.NamedTensors;

/** How far float32 may be from the reference: the sizes by which differences are judged, and the shares of them. */
final class Tolerances {
    /** Of the largest value of a tensor, for what a few layers of float32 sums give. */
    private static final double VALUE = 1e-5;

    /** Of a loss term. */
    private static final double TERM = 1e-5;

    /** Of the largest entry of a layer's gradients. */
    private static final double GRADIENT = 2e-5;

    private Tolerances() {}

    /** For the entries of a mean, a log-variance, latents, logits or running statistics: the same for each. */
    static Comparison.Tolerance ofValues(float[] expected) {
        double tolerance = VALUE * largest(expected);
        return index -> tolerance;
    }

    /** For a reconstruction term, in nats. */
    static double ofReconstruction(double expected) {
        return TERM * expected;
    }

    /**
     * For a KL term, in nats. Each latent dimension contributes mean^2 + exp(log-variance) - 1 - log-variance, halved, and
     * what is lost when 1 is taken from a number close to 1 counts, however small the result is.
     */
    static double ofKl(double expected, int latent) {
        return TERM * (expected + latent);
    }

    /**
     * For the entries of a trainable tensor's gradient, the same for each: measured by the largest entry of the gradients
     * by weight and bias of its layer.
     *
     * <p>The largest entry of the tensor itself would not do. A bias before a batch normalization has a gradient that is
     * exactly zero, and what an engine computes for it is the rounding of sums whose terms are of the size of the weight's
     * gradient. Where a bias counts, its gradient is as large as the weight's, being that of the weight of an input that
     * is always 1.
     */
    static Comparison.Tolerance ofGradient(NamedTensors expected, String name) {
        double tolerance = GRADIENT * largestOfLayer(expected, name);
        return index -> tolerance;
    }

    /** What {@link #ofGradient} would be, told from the means of squared gradients. */
    static double ofGradientBySquares(NamedTensors squares, String name) {
        return GRADIENT * Math.sqrt(largestOfLayer(squares, name));
    }

    private static double largestOfLayer(NamedTensors tensors, String name) {
        String layer = name.substring(0, name.lastIndexOf('.'));
        return Math.max(largest(tensors.values(layer + ".weight")), largest(tensors.values(layer + ".bias")));
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
