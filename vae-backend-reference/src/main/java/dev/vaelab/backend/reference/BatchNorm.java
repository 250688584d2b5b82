package dev.vaelab.backend.reference;

import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Phase;
import java.util.List;

/**
 * Batch normalization of feature maps, one channel at a time over all images, rows and columns: output = weight *
 * (input - mean) / sqrt(variance + 1e-5) + bias.
 *
 * <p>Source: S. Ioffe and C. Szegedy, <em>Batch Normalization</em>, 2015, arXiv:1502.03167, algorithms 1 and 2. As in
 * PyTorch, training normalizes by the biased variance of the batch and remembers the unbiased one.
 */
final class BatchNorm {
    private final String name;
    private final Weights weights;

    /** The layer of this canonical name; its weight, bias, running mean and running variance are [channels]. */
    BatchNorm(String name, Weights weights) {
        this.name = name;
        this.weights = weights;
    }

    /**
     * Normalizes a batch of feature maps; in training, also moves the running statistics.
     *
     * @param input [images, channels, rows, columns]
     * @return of the same shape; a constant in evaluation, since nothing learns there
     * @throws IllegalArgumentException if there is a single value of each channel in training
     */
    DoubleTensor apply(DoubleTensor input, Phase phase) {
        return switch (phase) {
            case TRAINING -> normalizeByBatch(input);
            case EVALUATION -> normalizeByRunningStatistics(input);
        };
    }

    private DoubleTensor normalizeByBatch(DoubleTensor input) {
        Matrix planes = Planes.byChannel(input);
        if (planes.columns() < 2) {
            throw new IllegalArgumentException(
                    name + " needs more than one value per channel in training, found " + planes.columns());
        }
        double[] mean = planes.rowMeans();
        Matrix centered = planes.minusInEachRow(mean);
        double[] variance = centered.timesElementwise(centered).rowMeans();
        moveRunningStatistics(mean, variance, planes.columns());
        double[] inverseDeviation = inverseDeviation(variance);
        Matrix normalized = centered.timesInEachRow(inverseDeviation);
        DoubleTensor weight = weights.get(name + ".weight");
        DoubleTensor bias = weights.get(name + ".bias");
        return scaleAndShift(normalized, input)
                .computedFrom(
                        List.of(input, weight, bias),
                        gradient -> backward(normalized, inverseDeviation, weight, gradient));
    }

    private DoubleTensor normalizeByRunningStatistics(DoubleTensor input) {
        double[] mean = weights.get(name + ".running_mean").values();
        double[] variance = weights.get(name + ".running_var").values();
        Matrix normalized = Planes.byChannel(input).minusInEachRow(mean).timesInEachRow(inverseDeviation(variance));
        return scaleAndShift(normalized, input);
    }

    private DoubleTensor scaleAndShift(Matrix normalized, DoubleTensor input) {
        Matrix output = normalized
                .timesInEachRow(weights.get(name + ".weight").values())
                .plusInEachRow(weights.get(name + ".bias").values());
        return Planes.byImage(output, input.size(0), input.size(2), input.size(3));
    }

    private static double[] inverseDeviation(double[] variance) {
        double[] inverse = new double[variance.length];
        for (int channel = 0; channel < variance.length; channel++) {
            inverse[channel] = 1 / Math.sqrt(variance[channel] + Architecture.BATCH_NORM_EPSILON);
        }
        return inverse;
    }

    private void moveRunningStatistics(double[] mean, double[] biasedVariance, int count) {
        double[] unbiasedVariance = new double[biasedVariance.length];
        for (int channel = 0; channel < unbiasedVariance.length; channel++) {
            unbiasedVariance[channel] = biasedVariance[channel] * count / (count - 1);
        }
        moveTowards(name + ".running_mean", mean);
        moveTowards(name + ".running_var", unbiasedVariance);
    }

    private void moveTowards(String statistic, double[] batch) {
        double[] moved = weights.get(statistic).values().clone();
        for (int channel = 0; channel < moved.length; channel++) {
            moved[channel] += Architecture.BATCH_NORM_MOMENTUM * (batch[channel] - moved[channel]);
        }
        weights.replace(statistic, DoubleTensor.of(moved, moved.length));
    }

    /**
     * Mean and variance depend on the input, too. For a channel with the gradients g by its outputs and the normalized
     * inputs x, the gradients by its inputs are weight / sqrt(variance + 1e-5) * (g - mean(g) - x * mean(g * x)).
     */
    private static List<DoubleTensor> backward(
            Matrix normalized, double[] inverseDeviation, DoubleTensor weight, DoubleTensor gradient) {
        Matrix byOutput = Planes.byChannel(gradient);
        Matrix byWeight = byOutput.timesElementwise(normalized);
        Matrix byInput = byOutput.minusInEachRow(byOutput.rowMeans())
                .minus(normalized.timesInEachRow(byWeight.rowMeans()))
                .timesInEachRow(inverseDeviation)
                .timesInEachRow(weight.values());
        return List.of(
                Planes.byImage(byInput, gradient.size(0), gradient.size(2), gradient.size(3)),
                DoubleTensor.of(byWeight.rowSums(), weight.size(0)),
                DoubleTensor.of(byOutput.rowSums(), weight.size(0)));
    }
}
