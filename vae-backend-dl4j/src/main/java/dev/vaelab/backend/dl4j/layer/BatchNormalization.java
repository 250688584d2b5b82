package dev.vaelab.backend.dl4j.layer;

import dev.vaelab.api.network.Layer;
import dev.vaelab.api.network.Layer.Activation.Function;
import dev.vaelab.backend.dl4j.operation.Activation;
import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.ChannelMeans;
import dev.vaelab.backend.dl4j.operation.Operation;
import dev.vaelab.backend.dl4j.operation.Operations;
import java.nio.FloatBuffer;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalization, then ReLU.
 *
 * <p>Source: S. Ioffe and C. Szegedy, <em>Batch Normalization</em>, 2015, arXiv:1502.03167, with PyTorch's running
 * statistics: the running variance is unbiased, the one that normalizes a batch is biased.
 *
 * <p>Composed of few fast operations: the engine's own variance and its own backward pass take longer than everything
 * here together. The variance is that of the centered values, which loses nothing where the mean is large. In evaluation
 * the layer before it has done the {@linkplain FoldedNormalization normalization} already.
 */
public final class BatchNormalization extends ModelLayer {
    private static final long serialVersionUID = 1L;
    private static final double EPSILON = Layer.BatchNormalization.EPSILON;
    private static final double MOMENTUM = Layer.BatchNormalization.MOMENTUM;

    private final INDArray runningMean;
    private final INDArray runningVariance;
    private final INDArray zeros;

    private BatchNormalization(NeuralNetConfiguration configuration, DataType type, long channels) {
        super(configuration, type);
        runningMean = Arrays.zeros(channels);
        runningVariance = Arrays.constant(1, channels);
        zeros = Arrays.zeros(channels);
    }

    /** Defines the layer for images of so many channels. */
    public static LayerDefinition definition(long channels) {
        return new LayerDefinition(
                Layout.same(channels),
                Layout.same(channels),
                (configuration, type) -> new BatchNormalization(configuration, type, channels));
    }

    /** Running mean of each channel; a forward pass in training moves it. */
    public INDArray runningMean() {
        return runningMean;
    }

    /** Running unbiased variance of each channel; a forward pass in training moves it. */
    public INDArray runningVariance() {
        return runningVariance;
    }

    /** Frees the running statistics. The layer cannot be used any more. */
    public void closeStatistics() {
        List.of(runningMean, runningVariance, zeros).forEach(INDArray::close);
    }

    /**
     * What normalization by the running statistics does to a sum of some value and a bias: it multiplies the value by a
     * factor and adds another bias.
     *
     * @param bias of each channel
     * @param factors receives the factors
     * @param foldedBias receives the other bias
     */
    void fold(INDArray bias, INDArray factors, INDArray foldedBias) {
        FloatBuffer biases = Arrays.floats(bias);
        FloatBuffer means = Arrays.floats(runningMean);
        FloatBuffer variances = Arrays.floats(runningVariance);
        FloatBuffer scales = Arrays.floats(getParam(WEIGHT));
        FloatBuffer shifts = Arrays.floats(getParam(BIAS));
        FloatBuffer factorsOut = Arrays.floats(factors);
        FloatBuffer biasesOut = Arrays.floats(foldedBias);
        for (int channel = 0; channel < factors.length(); channel++) {
            double factor = scales.get(channel) / Math.sqrt(variances.get(channel) + EPSILON);
            factorsOut.put(channel, (float) factor);
            biasesOut.put(channel, (float)
                    (shifts.get(channel) + factor * ((double) biases.get(channel) - means.get(channel))));
        }
    }

    @Override
    Pass plan(INDArray input) {
        return new NormalizationPass(input);
    }

    /** The output takes the place of the input, which the backward pass can do without. */
    private final class NormalizationPass implements Pass {
        private final int channels;
        private final double values;
        private final INDArray negatedMean;
        private final INDArray variance;
        private final INDArray centered;
        private final INDArray output;
        private final INDArray products;
        private final INDArray masked;
        private final INDArray maskedMean;
        private final INDArray productMean;
        private final INDArray slope;
        private final INDArray inputGradient;
        private final ChannelMeans meanOfInput;
        private final Operation center;
        private final Operation square;
        private final ChannelMeans meanOfSquares;
        private final Operation normalizeBatch;
        private final Activation activation;
        private final ChannelMeans meanOfMasked;
        private final Operation multiplyCentered;
        private final ChannelMeans meanOfProducts;
        private final Operation gradientThroughValue;
        private final Operation gradientThroughVariance;
        private final Operation sumOfGradients;

        NormalizationPass(INDArray input) {
            channels = Math.toIntExact(input.size(3));
            values = (double) input.length() / channels;
            negatedMean = Arrays.uninitialized(channels);
            variance = Arrays.uninitialized(channels);
            maskedMean = Arrays.uninitialized(channels);
            productMean = Arrays.uninitialized(channels);
            slope = Arrays.uninitialized(channels);
            centered = Arrays.uninitialized(input.shape());
            output = input;
            products = Arrays.uninitialized(input.shape());
            inputGradient = Arrays.uninitialized(input.shape());
            INDArray scale = getParam(WEIGHT);
            INDArray shift = getParam(BIAS);
            meanOfInput = new ChannelMeans(input, -1, negatedMean);
            center = Operations.addRow(input, negatedMean, centered);
            square = Operations.product(centered, centered, products);
            meanOfSquares = new ChannelMeans(products, 1, variance);
            normalizeBatch = Operations.normalize(centered, zeros, variance, scale, shift, EPSILON, output);
            activation = new Activation(Function.RELU, output);
            masked = activation.gradient();
            meanOfMasked = new ChannelMeans(masked, 1, maskedMean);
            multiplyCentered = Operations.product(masked, centered, products);
            meanOfProducts = new ChannelMeans(products, 1, productMean);
            gradientThroughValue =
                    Operations.normalize(masked, maskedMean, variance, scale, zeros, EPSILON, inputGradient);
            gradientThroughVariance = Operations.normalize(centered, zeros, variance, slope, zeros, EPSILON, products);
            sumOfGradients = Operations.sum(inputGradient, products, inputGradient);
        }

        @Override
        public INDArray forward(boolean training) {
            if (training) {
                meanOfInput.run();
                center.run();
                square.run();
                meanOfSquares.run();
                normalizeBatch.run();
                moveRunningStatistics();
            }
            activation.run();
            return output;
        }

        private void moveRunningStatistics() {
            FloatBuffer means = Arrays.floats(runningMean);
            FloatBuffer variances = Arrays.floats(runningVariance);
            FloatBuffer batchNegatedMeans = Arrays.floats(negatedMean);
            FloatBuffer batchVariances = Arrays.floats(variance);
            double unbiased = values / (values - 1);
            for (int channel = 0; channel < channels; channel++) {
                means.put(channel, moved(means.get(channel), -batchNegatedMeans.get(channel)));
                variances.put(channel, moved(variances.get(channel), unbiased * batchVariances.get(channel)));
            }
        }

        private static float moved(double running, double batch) {
            return (float) ((1 - MOMENTUM) * running + MOMENTUM * batch);
        }

        /**
         * With g the gradient behind ReLU, c the centered values, s = 1 / sqrt(variance + epsilon) and E the mean over
         * the batch: shift gets sum g; scale gets s sum g c; the input gets scale s (g - E g) - scale s^3 c E(g c).
         */
        @Override
        public INDArray backward(INDArray outGradient) {
            activation.backward(outGradient);
            meanOfMasked.run();
            multiplyCentered.run();
            meanOfProducts.run();
            finishParameterGradients();
            gradientThroughValue.run();
            gradientThroughVariance.run();
            sumOfGradients.run();
            return inputGradient;
        }

        private void finishParameterGradients() {
            FloatBuffer scales = Arrays.floats(getParam(WEIGHT));
            FloatBuffer scaleGradients = Arrays.floats(gradientBy(WEIGHT));
            FloatBuffer shiftGradients = Arrays.floats(gradientBy(BIAS));
            FloatBuffer maskedMeans = Arrays.floats(maskedMean);
            FloatBuffer productMeans = Arrays.floats(productMean);
            FloatBuffer variances = Arrays.floats(variance);
            FloatBuffer slopes = Arrays.floats(slope);
            for (int channel = 0; channel < channels; channel++) {
                double stabilized = variances.get(channel) + EPSILON;
                double productMeanOfChannel = productMeans.get(channel);
                shiftGradients.put(channel, (float) (values * maskedMeans.get(channel)));
                scaleGradients.put(channel, (float) (values * productMeanOfChannel / Math.sqrt(stabilized)));
                slopes.put(channel, (float) (-scales.get(channel) * productMeanOfChannel / stabilized));
            }
        }

        @Override
        public INDArray inputGradient() {
            return inputGradient;
        }

        @Override
        public void close() {
            List.of(negatedMean, variance, centered, products, maskedMean, productMean, slope, inputGradient)
                    .forEach(INDArray::close);
            List.of(meanOfInput, meanOfSquares, meanOfMasked, meanOfProducts).forEach(ChannelMeans::close);
            activation.close();
        }
    }
}
