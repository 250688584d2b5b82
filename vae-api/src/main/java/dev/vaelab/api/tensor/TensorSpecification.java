package dev.vaelab.api.tensor;

import java.util.List;

/**
 * One tensor of the model: its canonical name, its shape in PyTorch's layout, and its role.
 *
 * @param name canonical name, for example {@code encoder.conv1.weight}
 * @param shape sizes, outermost first; convolution [out, in, rows, columns], transposed convolution [in, out, rows,
 *     columns], linear [out, in]
 * @param role what it is for
 * @param fanIn inputs of one output value as PyTorch counts them, for {@link TensorRole#UNIFORM} and
 *     {@link TensorRole#ABSORBED}; else 0
 */
public record TensorSpecification(String name, List<Integer> shape, TensorRole role, int fanIn) {
    /** Copies the shape. */
    public TensorSpecification {
        shape = List.copyOf(shape);
    }

    /** A tensor whose first values do not depend on the number of inputs. */
    public TensorSpecification(String name, List<Integer> shape, TensorRole role) {
        this(name, shape, role, 0);
    }

    /** Number of values. */
    public int size() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    /** The same under another name. */
    public TensorSpecification named(String other) {
        return new TensorSpecification(other, shape, role, fanIn);
    }
}
