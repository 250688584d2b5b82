package dev.vaelab.api.model;

import dev.vaelab.api.tensor.Operand;

/** The density of a Gaussian with a diagonal covariance. */
public final class GaussianDensity {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private GaussianDensity() {}

    /**
     * Its logarithm: -(log(2 pi) + log-variance + (z - mean)^2 / variance) / 2, summed over dimensions.
     *
     * @param z [..., dimensions]
     * @param mean of the same shape, or one that broadcasts to it
     * @param logVariance likewise
     * @return nats, without the last axis
     */
    public static <X> Operand<X> log(Operand<X> z, Operand<X> mean, Operand<X> logVariance) {
        Operand<X> distance =
                z.minus(mean).squared().times(logVariance.negated().exp());
        Operand<X> terms = distance.plus(logVariance).plus(LOG_TWO_PI);
        return terms.sum(terms.shape().length - 1).times(-0.5);
    }

    /**
     * The logarithm of the density of N(0, I): -(log(2 pi) + z^2) / 2, summed over dimensions.
     *
     * @param z [..., dimensions]
     * @return nats, without the last axis
     */
    public static <X> Operand<X> logStandard(Operand<X> z) {
        int axis = z.shape().length - 1;
        return z.squared().sum(axis).plus(z.size(axis) * LOG_TWO_PI).times(-0.5);
    }
}
