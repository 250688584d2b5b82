package dev.vaelab.api.tensor;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Arithmetic on the tensors of an engine: all that a backend has to offer.
 *
 * <p>Operations are pure: they read their operands and give a new tensor, which belongs to the innermost open
 * {@link OperationScope}. The exceptions are {@link #variable variables}, which belong to the engine, live until they are freed
 * and change by {@link #assign} and {@link #write} alone. Shapes have their outermost axis first; a scalar has the shape {@code
 * []}. Tensors hold float32, or more. Binary operations broadcast as NumPy does: shapes are aligned at their last axes, and an
 * axis of 1, or a missing one, is repeated.
 *
 * <p>Programs over these operations do not branch on values, so that an engine may trace one for each shape and replay it: what
 * changes from step to step is an input and not a Java number. The methods with a body are compositions; an engine replaces one
 * where it has something faster or more exact. The contract kit holds every operation against float64, and every replacement
 * against its composition.
 *
 * <p>Used by one thread at a time.
 *
 * @param <T> the engine's tensor
 */
public interface TensorOperations<T> extends Arithmetic<T> {
    /** Opens a stretch of work inside the one that is open, if one is. Scopes close in the reverse order. */
    OperationScope openScope();

    /**
     * Copies values into the engine.
     *
     * @param values in row-major order, as many as the shape says
     */
    T upload(float[] values, int... shape);

    /** Copies a tensor's values out of the engine, in row-major order. */
    float[] download(T tensor);

    /** Copies the values of several tensors out of the engine: by default one after the other. */
    default List<float[]> download(List<T> tensors) {
        return tensors.stream().map(this::download).toList();
    }

    /** A tensor that belongs to no scope and whose values may change. */
    T variable(float[] values, int... shape);

    /** Replaces the values of a variable. */
    void write(T variable, float[] values);

    /** Replaces the values of a variable by those of a tensor of its shape. */
    void assign(T variable, T values);

    /** Frees a variable. */
    void free(T variable);

    /**
     * Entries along the first axis, in any order and number.
     *
     * @param rows indices of the first axis
     */
    default T gather(T tensor, int... rows) {
        int[] shape = shape(tensor);
        float[] choice = new float[rows.length * shape[0]];
        for (int row = 0; row < rows.length; row++) {
            choice[row * shape[0] + rows[row]] = 1;
        }
        int rest = Shapes.size(shape) / shape[0];
        T chosen = matmul(upload(choice, rows.length, shape[0]), false, reshape(tensor, shape[0], rest), false);
        int[] result = shape.clone();
        result[0] = rows.length;
        return reshape(chosen, result);
    }

    /** The Euclidean length of tensors together, the squares added up in float64. */
    default double length(List<T> tensors) {
        double squares = 0;
        for (T tensor : tensors) {
            T sum = sum(square(tensor), IntStream.range(0, shape(tensor).length).toArray());
            squares += download(sum)[0];
        }
        return Math.sqrt(squares);
    }
}
