package dev.vaelab.training.score;

/**
 * A figure and where it may lie.
 *
 * @param value of the images that there are
 * @param low the lower end of its confidence interval
 * @param high the upper end
 */
public record Interval(double value, double low, double high) {}
