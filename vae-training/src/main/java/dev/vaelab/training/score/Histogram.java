package dev.vaelab.training.score;

import java.util.Arrays;

/**
 * How a score is distributed over two data sets, counted in the same bins of equal width. The first and the last bin hold what lies beyond
 * them, too: few images far away would leave all others in one bin.
 *
 * @param low the lower end of the first bin
 * @param high the upper end of the last one
 * @param usual images of each bin
 * @param unusual the same of the other data set
 */
public record Histogram(double low, double high, int[] usual, int[] unusual) {
    /** Share of a data set that may lie beyond each end. */
    private static final double BEYOND = 0.005;

    /**
     * Counts scores.
     *
     * @param bins how many, at least one
     */
    public static Histogram of(double[] usual, double[] unusual, int bins) {
        double[] sortedUsual = sorted(usual);
        double[] sortedUnusual = sorted(unusual);
        double low = Math.min(Quantiles.of(sortedUsual, BEYOND), Quantiles.of(sortedUnusual, BEYOND));
        double high = Math.max(Quantiles.of(sortedUsual, 1 - BEYOND), Quantiles.of(sortedUnusual, 1 - BEYOND));
        return new Histogram(low, high, counts(usual, low, high, bins), counts(unusual, low, high, bins));
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static int[] counts(double[] values, double low, double high, int bins) {
        int[] counts = new int[bins];
        for (double value : values) {
            double place = high > low ? bins * (value - low) / (high - low) : 0;
            counts[(int) Math.min(bins - 1, Math.max(0, place))]++;
        }
        return counts;
    }
}
