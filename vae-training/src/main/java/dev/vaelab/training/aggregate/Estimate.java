package dev.vaelab.training.aggregate;

/**
 * A mean over samples.
 *
 * @param value the mean, in nats
 * @param standardError standard deviation of the samples over the square root of their number
 */
public record Estimate(double value, double standardError) {
    /**
     * The mean of independent samples.
     *
     * @param samples at least two
     */
    static Estimate of(double[] samples) {
        double sum = 0;
        for (double sample : samples) {
            sum += sample;
        }
        double mean = sum / samples.length;
        double squares = 0;
        for (double sample : samples) {
            squares += (sample - mean) * (sample - mean);
        }
        return new Estimate(mean, Math.sqrt(squares / (samples.length - 1) / samples.length));
    }

    /** Whether there is a number. */
    public boolean finite() {
        return Double.isFinite(value) && Double.isFinite(standardError);
    }
}
