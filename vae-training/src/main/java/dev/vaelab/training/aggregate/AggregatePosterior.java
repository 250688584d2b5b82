package dev.vaelab.training.aggregate;

import dev.vaelab.training.PosteriorValues;

/**
 * The densities of q(z) = 1/N sum of q(z|x_n), a mixture of N Gaussians with diagonal covariances, and of its marginals. All N of them
 * are summed, in float64: nothing is estimated here.
 */
final class AggregatePosterior {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private final int count;
    private final int latent;
    private final double[] means;
    private final double[] halfPrecisions;
    private final double[] logNorms;

    /** Of the posteriors of N images. */
    AggregatePosterior(PosteriorValues posteriors) {
        count = posteriors.count();
        latent = posteriors.latent();
        means = new double[count * latent];
        halfPrecisions = new double[count * latent];
        logNorms = new double[count * latent];
        for (int index = 0; index < means.length; index++) {
            double logVariance = posteriors.logVariances()[index];
            means[index] = posteriors.means()[index];
            halfPrecisions[index] = Math.exp(-logVariance) / 2;
            logNorms[index] = -(LOG_TWO_PI + logVariance) / 2;
        }
    }

    /**
     * Logarithms of densities at one latent, in nats.
     *
     * @param posterior log q(z|x_n) of one image
     * @param aggregate log q(z)
     * @param marginals sum over dimensions of log q(z_d)
     */
    record LogDensities(double posterior, double aggregate, double marginals) {}

    /**
     * The densities at a latent.
     *
     * @param z of {@code latent} dimensions
     * @param image from whose posterior it was drawn: no density is 0 there
     */
    LogDensities at(double[] z, int image) {
        double[] joint = new double[count];
        double[] marginal = new double[latent];
        for (int other = 0; other < count; other++) {
            double sum = 0;
            int place = other * latent;
            for (int dimension = 0; dimension < latent; dimension++, place++) {
                double distance = z[dimension] - means[place];
                double term = logNorms[place] - distance * distance * halfPrecisions[place];
                sum += term;
                marginal[dimension] += Math.exp(term);
            }
            joint[other] = sum;
        }
        double marginals = 0;
        for (double density : marginal) {
            marginals += Math.log(density / count);
        }
        return new LogDensities(joint[image], logSumExp(joint) - Math.log(count), marginals);
    }

    private static double logSumExp(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        double sum = 0;
        for (double value : values) {
            sum += Math.exp(value - largest);
        }
        return largest + Math.log(sum);
    }
}
