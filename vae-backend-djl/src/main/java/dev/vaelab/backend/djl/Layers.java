package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.vaelab.api.model.Phase;
import dev.vaelab.api.model.Posterior;

/**
 * The layers of encoder and decoder, each called by the canonical names of its tensors.
 *
 * <p>Features are [images, channels, height, width] with channels last in memory.
 */
final class Layers {
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

    /** Convolution with kernel 4, stride 2 and padding 1, which halves height and width; batch normalization; ReLU. */
    NDArray convolutionBlock(String convolution, String normalization, NDArray features, Phase phase) {
        TorchOperators.Block block = block(convolution, normalization);
        return switch (phase) {
            case TRAINING -> operators.convolutionBlock(features, block);
            case EVALUATION -> operators.foldedConvolutionBlock(features, block);
        };
    }

    /** The same with a transposed convolution, which doubles height and width. */
    NDArray transposedConvolutionBlock(String convolution, String normalization, NDArray features, Phase phase) {
        TorchOperators.Block block = block(convolution, normalization);
        return switch (phase) {
            case TRAINING -> operators.transposedConvolutionBlock(features, block);
            case EVALUATION -> operators.foldedTransposedConvolutionBlock(features, block);
        };
    }

    private TorchOperators.Block block(String convolution, String normalization) {
        return new TorchOperators.Block(
                weight(convolution),
                bias(convolution),
                weight(normalization),
                bias(normalization),
                weights.get(normalization + ".running_mean"),
                weights.get(normalization + ".running_var"));
    }

    /** The last transposed convolution; expects the weight in the layout that {@link TensorLayout} gives to it. */
    NDArray subPixelConvolution(String layer, NDArray features) {
        return operators.subPixelConvolution(features, weight(layer), bias(layer));
    }

    /** Linear layer and ReLU, [rows, in] to [rows, out]. */
    NDArray linearRelu(String layer, NDArray rows) {
        return operators.linearRelu(rows, weight(layer), bias(layer));
    }

    /** A linear layer for the means and one for the log-variances, [rows, in] to [rows, latent] each. */
    Posterior<NDArray> heads(String mean, String logVariance, NDArray rows) {
        return operators.heads(rows, weight(mean), bias(mean), weight(logVariance), bias(logVariance));
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
