package dev.vaelab.backend.tensorflow;

import static dev.vaelab.backend.tensorflow.GraphTensor.integers;

import dev.vaelab.api.tensor.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A convolution and its derivatives on images [images, height, width, channels], which is the order of TensorFlow's kernels for
 * processors; weights have their canonical order [out, in, kernel, kernel].
 */
final class Convolution {
    private Convolution() {}

    static GraphTensor of(GraphTensor input, GraphTensor weight, Window window) {
        int[] shape = {
            input.shape[0], window.positions(input.shape[1]), window.positions(input.shape[2]), weight.shape[0]
        };
        return GraphTensor.of(
                "Conv2D", shape, attributes(window, input.shape[1], input.shape[2]), input, kernel(weight));
    }

    static GraphTensor byInput(GraphTensor gradient, GraphTensor weight, Window window, int height, int width) {
        int[] shape = {gradient.shape[0], height, width, weight.shape[1]};
        return GraphTensor.of(
                "Conv2DBackpropInput",
                shape,
                attributes(window, height, width),
                integers(shape),
                kernel(weight),
                gradient);
    }

    static GraphTensor byWeight(GraphTensor input, GraphTensor gradient, Window window) {
        int[] shape = {window.kernel(), window.kernel(), input.shape[3], gradient.shape[3]};
        return GraphTensor.of(
                        "Conv2DBackpropFilter",
                        shape,
                        attributes(window, input.shape[1], input.shape[2]),
                        input,
                        integers(shape),
                        gradient)
                .transpose(3, 2, 0, 1);
    }

    /** TensorFlow's order [kernel, kernel, in, out]. */
    private static GraphTensor kernel(GraphTensor weight) {
        return weight.transpose(2, 3, 1, 0);
    }

    /** Of a window over feature maps with these sides. oneDNN has derivatives only for the paddings that have a name. */
    private static Map<String, Object> attributes(Window window, int... sides) {
        int zeros = window.padding();
        boolean same = Arrays.stream(sides).allMatch(side -> {
            int positions = (side - 1) / window.stride() + 1;
            int missing = (positions - 1) * window.stride() + window.kernel() - side;
            return window.positions(side) == positions && Math.max(missing, 0) / 2 == zeros;
        });
        String padding = zeros == 0 ? "VALID" : same ? "SAME" : "EXPLICIT";
        return Map.of(
                "strides",
                List.of(1, window.stride(), window.stride(), 1),
                "padding",
                padding,
                "explicit_paddings",
                padding.equals("EXPLICIT") ? List.of(0, 0, zeros, zeros, zeros, zeros, 0, 0) : List.of());
    }
}
