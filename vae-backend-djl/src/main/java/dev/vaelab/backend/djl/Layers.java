package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.vaelab.api.network.Layer.Activation;
import dev.vaelab.api.network.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The layers of networks, each called by the canonical names of its tensors, and recorded for gradients if its thread records.
 *
 * <p>Features are [images, channels, height, width] with channels last in memory, or [images, values].
 */
final class Layers {
    private final Function<String, NDArray> tensors;
    private final TorchScriptModule module;
    private final List<NDArray> normalizations = new ArrayList<>();

    /** Layers of one pass, with tensors by their canonical names, in the layout that {@link NetworkLowering} says. */
    Layers(Function<String, NDArray> tensors, TorchScriptModule module) {
        this.tensors = tensors;
        this.module = module;
    }

    /**
     * Of each normalization in training, which is not recorded: what goes in and what comes out, the centered features and their
     * deviations, scale and shift.
     */
    List<NDArray> normalizations() {
        return normalizations;
    }

    /** Puts the channels of images last in memory; copies if there is more than one channel. */
    NDArray channelsLast(NDArray images) {
        Shape shape = images.getShape();
        // With one channel the order is the same, but only a new shape tells PyTorch that channels are last.
        return unflatten(images.transpose(0, 2, 3, 1).flatten(), shape.get(1), shape.get(2), shape.get(3));
    }

    /**
     * Convolution with kernel 4, stride 2 and padding 1, which halves height and width; batch normalization; ReLU. In training the
     * running statistics move; in evaluation the normalization is folded into the convolution.
     *
     * <p>With channels last, PyTorch's own normalization adds up all values of a channel one after the other in float32, forward
     * and backward. In a batch of the recipe that is off by some 1e-5, enough for values near zero to end on the other side of the
     * ReLU, and each that does changes gradients by a percent. PyTorch's sums add up in cascades and are as exact as float32 can
     * be; this is composed of them, and the derivatives with it.
     */
    NDArray convolutionBlock(String convolution, String normalization, NDArray features, Phase phase) {
        return block("convolution", convolution, normalization, features, phase);
    }

    /** The same with a transposed convolution, which doubles height and width. */
    NDArray transposedConvolutionBlock(String convolution, String normalization, NDArray features, Phase phase) {
        return block("transposed_convolution", convolution, normalization, features, phase);
    }

    private NDArray block(String method, String convolution, String normalization, NDArray features, Phase phase) {
        NDArray scale = weight(normalization);
        NDArray shift = bias(normalization);
        NDArray mean = tensors.apply(normalization + ".running_mean");
        NDArray variance = tensors.apply(normalization + ".running_var");
        NDArray kernel = weight(convolution);
        NDArray bias = bias(convolution);
        return switch (phase) {
            case TRAINING -> normalizeRelu(call(method, features, kernel, bias), scale, shift, mean, variance);
            case EVALUATION ->
                call("folded_" + method + "_block", features, kernel, bias, scale, shift, mean, variance);
        };
    }

    private NDArray normalizeRelu(NDArray features, NDArray scale, NDArray shift, NDArray mean, NDArray variance) {
        NDList found = module.record("normalize_relu", features, scale, shift, mean, variance);
        NDArray result = found.get(0);
        result.setRequiresGradient(true);
        normalizations.addAll(List.of(features, result, found.get(1), found.get(2), scale, shift));
        return result;
    }

    /**
     * The transposed convolution with kernel 4, stride 2 and padding 1, for few output channels, where PyTorch's own is slow: an
     * ordinary convolution gives the four phases of the output as channels, with one row and column too many on each side, and the
     * phases are interleaved (W. Shi et al., <em>Real-time single image and video super-resolution</em>, 2016, arXiv:1609.05158,
     * equation 4).
     */
    NDArray subPixelConvolution(String layer, NDArray features) {
        return call("sub_pixel_convolution", features, weight(layer), bias(layer));
    }

    /**
     * Linear layer and its activation, null if it has none: [rows, in] to [rows, out]. Beside feature maps it is computed as a 1x1 convolution of one
     * image that has a row of pixels for each row: with channels last, PyTorch's convolutions use wider vector instructions than its
     * matrix products on processors for which MKL holds them back.
     */
    NDArray linear(String layer, Activation activation, NDArray rows) {
        String function =
                activation == null ? "" : "_" + activation.function().name().toLowerCase(Locale.ROOT);
        return call("linear" + function, rows, weight(layer), bias(layer));
    }

    /** Two linear layers of the same width in one product, [rows, in] to [rows, out] each. */
    List<NDArray> heads(String first, String second, NDArray rows) {
        return module.record("linear_pair", rows, weight(first), bias(first), weight(second), bias(second));
    }

    /** Features as rows of values in the order (row, column, channel). */
    NDArray flatten(NDArray features) {
        return features.transpose(0, 2, 3, 1).reshape(features.getShape().get(0), -1);
    }

    /** Rows of values in the order (row, column, channel) as features. */
    NDArray unflatten(NDArray rows, long channels, long height, long width) {
        return rows.reshape(-1, height, width, channels).transpose(0, 3, 1, 2);
    }

    private NDArray call(String method, NDArray... operands) {
        return module.record(method, operands).singletonOrThrow();
    }

    private NDArray weight(String layer) {
        return tensors.apply(layer + ".weight");
    }

    private NDArray bias(String layer) {
        return tensors.apply(layer + ".bias");
    }
}
