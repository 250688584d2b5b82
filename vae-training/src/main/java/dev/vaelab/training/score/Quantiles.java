package dev.vaelab.training.score;

/** Quantiles of values, interpolated (R. J. Hyndman and Y. Fan, <em>Sample Quantiles in Statistical Packages</em>, 1996, definition 7). */
final class Quantiles {
    private Quantiles() {}

    /**
     * A quantile.
     *
     * @param sorted values in ascending order, at least one
     * @param share of the values below it, from 0 to 1
     */
    static double of(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
