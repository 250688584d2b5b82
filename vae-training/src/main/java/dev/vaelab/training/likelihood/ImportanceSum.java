package dev.vaelab.training.likelihood;

/**
 * Importance weights of one image, summed as they come, in float64 and relative to the largest one so far: neither the smallest
 * nor the largest weight underflows or overflows, and none has to be kept.
 */
final class ImportanceSum {
    private double largest = Double.NEGATIVE_INFINITY;
    private double weights;
    private double squares;
    private double logs;
    private long count;

    /**
     * Adds a weight.
     *
     * @param logWeight its natural logarithm
     */
    void add(double logWeight) {
        count++;
        logs += logWeight;
        if (logWeight > largest) {
            double factor = Math.exp(largest - logWeight);
            weights = weights * factor + 1;
            squares = squares * factor * factor + 1;
            largest = logWeight;
        } else if (logWeight != Double.NEGATIVE_INFINITY) {
            double weight = Math.exp(logWeight - largest);
            weights += weight;
            squares += weight * weight;
        }
    }

    /** What the weights come to. */
    ImageLikelihood estimate() {
        double mean = weights / count;
        double variance = Math.max(0, squares / count - mean * mean);
        return new ImageLikelihood(
                largest + Math.log(mean),
                logs / count,
                count == 1 ? 0 : variance / (mean * mean) / (count - 1),
                weights * weights / squares);
    }
}
