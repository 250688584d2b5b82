package dev.vaelab.training.probe;

/**
 * Shifts and scales features so that each has mean 0 and variance 1 on the rows that it was made of: so one regularization suits all.
 *
 * @param means of each feature
 * @param deviations of each feature; 1 for one that never changes, which stays 0
 */
record Standardization(double[] means, double[] deviations) {
    static Standardization of(LabelledFeatures features) {
        int width = features.width();
        double[] means = new double[width];
        double[] deviations = new double[width];
        for (int feature = 0; feature < width; feature++) {
            double sum = 0;
            for (int row = 0; row < features.count(); row++) {
                sum += features.values()[row * width + feature];
            }
            double mean = sum / features.count();
            double squares = 0;
            for (int row = 0; row < features.count(); row++) {
                double distance = features.values()[row * width + feature] - mean;
                squares += distance * distance;
            }
            means[feature] = mean;
            deviations[feature] = squares == 0 ? 1 : Math.sqrt(squares / features.count());
        }
        return new Standardization(means, deviations);
    }

    /** A feature of a row. */
    double of(LabelledFeatures features, int row, int feature) {
        return (features.values()[row * features.width() + feature] - means[feature]) / deviations[feature];
    }
}
