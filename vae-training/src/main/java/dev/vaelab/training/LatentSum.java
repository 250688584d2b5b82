package dev.vaelab.training;

import java.util.List;
import java.util.stream.IntStream;

/** Sums over posteriors, dimension by dimension; in float64, in which a sum of squares keeps enough digits. */
final class LatentSum {
    private final double[] kls;
    private final double[] means;
    private final double[] squares;
    private long images;

    LatentSum(int latent) {
        kls = new double[latent];
        means = new double[latent];
        squares = new double[latent];
    }

    /** Adds the posteriors of some images. */
    void add(PosteriorValues posteriors) {
        int latent = kls.length;
        for (int index = 0; index < posteriors.means().length; index++) {
            int dimension = index % latent;
            double mean = posteriors.means()[index];
            double logVariance = posteriors.logVariances()[index];
            kls[dimension] += (mean * mean + Math.exp(logVariance) - 1 - logVariance) / 2;
            means[dimension] += mean;
            squares[dimension] += mean * mean;
        }
        images += posteriors.count();
    }

    /**
     * What it comes to.
     *
     * @throws IllegalStateException if there was no image
     */
    LatentStatistics statistics() {
        if (images == 0) {
            throw new IllegalStateException("there are no statistics of no images");
        }
        List<LatentStatistics.Dimension> dimensions =
                IntStream.range(0, kls.length).mapToObj(this::dimension).toList();
        return new LatentStatistics(images, dimensions);
    }

    private LatentStatistics.Dimension dimension(int dimension) {
        double mean = means[dimension] / images;
        double variance = Math.max(0, squares[dimension] / images - mean * mean);
        return new LatentStatistics.Dimension(kls[dimension] / images, variance);
    }
}
