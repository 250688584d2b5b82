package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Phase;

/**
 * The layers of encoder and decoder, each called by the canonical name of its tensors.
 *
 * <p>Features are [images, channels, height, width] with channels last in memory.
 */
final class Layers {
    private static final Shape STRIDE = new Shape(Architecture.STRIDE, Architecture.STRIDE);
    private static final Shape PADDING = new Shape(Architecture.PADDING, Architecture.PADDING);
    private static final Shape ONE = new Shape(1, 1);
    private static final NDIndex WITHOUT_BORDER = new NDIndex(":, :, 1:-1, 1:-1");

    private final EngineTensors weights;
    private final TorchOperators operators;

    Layers(EngineTensors weights, TorchOperators operators) {
        this.weights = weights;
        this.operators = operators;
    }

    /** Puts the channels of images last in memory; copies if there is more than one channel. */
    NDArray channelsLast(NDArray images) {
        Shape shape = images.getShape();
        // With one channel the order is the same, but only a new shape tells PyTorch that channels are last.
        return unflatten(images.transpose(0, 2, 3, 1).flatten(), shape.get(1), shape.get(2), shape.get(3));
    }

    /** Convolution with kernel 4, stride 2 and padding 1: halves height and width. */
    NDArray convolution(String layer, NDArray features) {
        return Conv2d.conv2d(features, weight(layer), bias(layer), STRIDE, PADDING)
                .singletonOrThrow();
    }

    /** Transposed convolution with kernel 4, stride 2 and padding 1: doubles height and width. */
    NDArray transposedConvolution(String layer, NDArray features) {
        return operators.transposedConvolution(features, weight(layer), bias(layer));
    }

    /**
     * The same transposed convolution, for few output channels, where PyTorch's own is slow: an ordinary convolution gives
     * the four phases of the output as channels, with one row and column too many on each side.
     *
     * <p>Expects the weight in the layout that {@link TensorLayout} gives to the last layer.
     */
    NDArray subPixelConvolution(String layer, NDArray features) {
        // Computed from a weight, it would belong to the model and not to the scope of the features.
        try (NDArray phaseBias = bias(layer).repeat(4)) {
            NDArray phases =
                    Conv2d.conv2d(features, weight(layer), phaseBias, ONE, ONE).singletonOrThrow();
            return operators.pixelShuffle(phases).get(WITHOUT_BORDER);
        }
    }

    /** Batch normalization over images, rows and columns, followed by ReLU. */
    NDArray batchNormalizationAndReLu(String layer, NDArray features, Phase phase) {
        NDArray mean = weights.get(layer + ".running_mean");
        NDArray variance = weights.get(layer + ".running_var");
        return switch (phase) {
            case TRAINING -> operators.batchNormalizationRelu(features, weight(layer), bias(layer), mean, variance);
            case EVALUATION ->
                Activation.relu(JniUtils.batchNorm(
                        (PtNDArray) features,
                        (PtNDArray) mean,
                        (PtNDArray) variance,
                        (PtNDArray) weight(layer),
                        (PtNDArray) bias(layer),
                        false,
                        Architecture.BATCH_NORM_MOMENTUM,
                        Architecture.BATCH_NORM_EPSILON));
        };
    }

    /**
     * Linear layer, computed as a 1x1 convolution of one image that has a row of pixels for each row: PyTorch's
     * convolutions use wider vector instructions than its matrix products on processors for which MKL holds them back.
     *
     * @param rows [rows, in]
     * @return [rows, out]
     */
    NDArray linear(String layer, NDArray rows) {
        Shape shape = rows.getShape();
        NDArray pixels = rows.reshape(1, shape.get(0), 1, shape.get(1)).transpose(0, 3, 1, 2);
        NDArray result = Conv2d.conv2d(pixels, weight(layer), bias(layer)).singletonOrThrow();
        return result.transpose(0, 2, 3, 1)
                .reshape(shape.get(0), result.getShape().get(1));
    }

    /** Features as rows of values in the order (row, column, channel). */
    NDArray flatten(NDArray features) {
        return features.transpose(0, 2, 3, 1).reshape(features.getShape().get(0), -1);
    }

    /** Rows of values in the order (row, column, channel) as features. */
    NDArray unflatten(NDArray rows, long channels, long height, long width) {
        return rows.reshape(-1, height, width, channels).transpose(0, 3, 1, 2);
    }

    private NDArray weight(String layer) {
        return weights.get(layer + ".weight");
    }

    private NDArray bias(String layer) {
        return weights.get(layer + ".bias");
    }
}
