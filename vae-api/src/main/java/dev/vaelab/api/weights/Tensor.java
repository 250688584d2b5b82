package dev.vaelab.api.weights;

import java.util.List;
import java.util.OptionalInt;

/**
 * Values with a shape, outside any engine.
 *
 * @param shape sizes, outermost first; empty for a scalar
 * @param values the values in row-major order; shared, not copied
 */
public record Tensor(List<Integer> shape, float[] values) {
    /**
     * Copies the shape and takes over the values.
     *
     * @throws IllegalArgumentException if there are not as many values as the shape says
     */
    public Tensor {
        shape = List.copyOf(shape);
        int size = shape.stream().reduce(1, Math::multiplyExact);
        if (size != values.length) {
            throw new IllegalArgumentException("shape " + shape + " needs " + size + " values, found " + values.length);
        }
    }

    /** Index of the first value that is NaN or infinite. */
    public OptionalInt firstNonFinite() {
        for (int index = 0; index < values.length; index++) {
            if (!Float.isFinite(values[index])) {
                return OptionalInt.of(index);
            }
        }
        return OptionalInt.empty();
    }

    /** Index of the first value below zero. */
    public OptionalInt firstNegative() {
        for (int index = 0; index < values.length; index++) {
            if (values[index] < 0) {
                return OptionalInt.of(index);
            }
        }
        return OptionalInt.empty();
    }
}
