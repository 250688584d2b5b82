package dev.vaelab.backend.djl;

import ai.djl.ndarray.types.Shape;
import dev.vaelab.api.model.ImageShape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * How the engine stores a tensor of the model: the canonical values in another order, under another shape.
 *
 * <p>Gradients and moments of a tensor have the same layout, since everything the optimizer does goes value by value.
 *
 * @param shape the engine's shape
 * @param canonicalIndex for each value's index in the engine its index in the canonical tensor, both in row-major order; a
 *     permutation
 */
record TensorLayout(Shape shape, IntUnaryOperator canonicalIndex) {
    /** The canonical layout itself. */
    static TensorLayout canonical(List<Integer> sizes) {
        return new TensorLayout(
                new Shape(sizes.stream().mapToLong(Integer::longValue).toArray()), IntUnaryOperator.identity());
    }

    /**
     * The weight of a linear layer: [out, in] between values in the canonical order; beside maps the kernel of a 1x1 convolution,
     * [out, in, 1, 1], as PyTorch's convolutions use wider vector instructions than its matrix products on processors for which MKL
     * holds them back.
     *
     * @param to the maps that its outputs become, with channels last, if they do
     * @param from the maps that its inputs have been, with channels last, if they have
     */
    static TensorLayout linear(int out, int in, Optional<ImageShape> to, Optional<ImageShape> from) {
        if (to.isEmpty() && from.isEmpty()) {
            return canonical(List.of(out, in));
        }
        IntUnaryOperator rows = canonical(to);
        IntUnaryOperator columns = canonical(from);
        return new TensorLayout(
                new Shape(out, in, 1, 1), index -> rows.applyAsInt(index / in) * in + columns.applyAsInt(index % in));
    }

    /** The bias of a linear layer, [out]; see {@link #linear}. */
    static TensorLayout values(int out, Optional<ImageShape> to) {
        return new TensorLayout(new Shape(out), canonical(to));
    }

    /** Found once and not for each of a million indices, as Optional and boxes are garbage. */
    private static IntUnaryOperator canonical(Optional<ImageShape> maps) {
        return maps.<IntUnaryOperator>map(shape -> index -> channelsFirst(index, shape))
                .orElseGet(IntUnaryOperator::identity);
    }

    /** Index of a feature in the canonical order (channel, row, column), given its index in (row, column, channel). */
    private static int channelsFirst(int channelsLast, ImageShape features) {
        int channel = channelsLast % features.channels();
        int place = channelsLast / features.channels();
        return channel * features.height() * features.width() + place;
    }

    /**
     * A transposed 4x4 convolution of stride 2, [in, out, 4, 4], as the 2x2 convolution that computes the four phases of
     * its output as channels, [out * 4, in, 2, 2].
     *
     * <p>Output row 2 (i + a) + r receives input row i times kernel row 2 a + r, for a and r in {0, 1}; so phase r at row p
     * is an ordinary convolution, whose kernel row b sees input row p - 1 + b and is the canonical row 2 (1 - b) + r. The
     * same goes for columns (W. Shi et al., <em>Is the deconvolution layer the same as a convolutional layer?</em>, 2016,
     * arXiv:1609.07009).
     */
    static TensorLayout subPixel(int in, int out) {
        return new TensorLayout(new Shape(out * 4L, in, 2, 2), index -> {
            int column = index % 2;
            int row = index / 2 % 2;
            int input = index / 4 % in;
            int phaseColumn = index / (4 * in) % 2;
            int phaseRow = index / (8 * in) % 2;
            int output = index / (16 * in);
            int canonicalRow = 2 * (1 - row) + phaseRow;
            int canonicalColumn = 2 * (1 - column) + phaseColumn;
            return ((input * out + output) * 4 + canonicalRow) * 4 + canonicalColumn;
        });
    }

    /** The engine's shape as sizes, outermost first. */
    int[] sizes() {
        return Arrays.stream(shape.getShape()).mapToInt(Math::toIntExact).toArray();
    }

    /** Canonical values in the engine's order. */
    float[] toEngine(float[] canonical) {
        float[] engine = new float[canonical.length];
        for (int index = 0; index < engine.length; index++) {
            engine[index] = canonical[canonicalIndex.applyAsInt(index)];
        }
        return engine;
    }

    /** The engine's values in canonical order. */
    float[] toCanonical(float[] engine) {
        float[] canonical = new float[engine.length];
        for (int index = 0; index < engine.length; index++) {
            canonical[canonicalIndex.applyAsInt(index)] = engine[index];
        }
        return canonical;
    }
}
