package dev.vaelab.api.graph;

import java.util.Arrays;
import java.util.List;

/**
 * A tensor that has been noted, and computed or not.
 *
 * @param <N> a node of the engine's graph
 * @param <V> the engine's values
 */
public final class GraphTensor<N, V> {
    private Expression<N> expression;
    private List<GraphTensor<N, V>> inputs;
    private final int[] shape;
    private final long number;
    private V values;
    private boolean closed;

    /** A tensor; those noted before it have smaller numbers. */
    GraphTensor(Expression<N> expression, List<GraphTensor<N, V>> inputs, int[] shape, long number) {
        this.expression = expression;
        this.inputs = inputs;
        this.shape = shape.clone();
        this.number = number;
    }

    Expression<N> expression() {
        return expression;
    }

    List<GraphTensor<N, V>> inputs() {
        return inputs;
    }

    int[] shape() {
        return shape;
    }

    long number() {
        return number;
    }

    /** Null where nothing has been computed, or nothing been kept. */
    V values() {
        return values;
    }

    void hold(V computed) {
        values = computed;
    }

    /** Becomes an input of programs. */
    void become(Expression<N> input, V uploaded) {
        expression = input;
        inputs = List.of();
        values = uploaded;
    }

    /** Gives the values up; null if there are none. */
    V drop() {
        V dropped = values;
        values = null;
        return dropped;
    }

    boolean closed() {
        return closed;
    }

    /** Whether it may be looked at, and has not been computed. */
    boolean waits() {
        return !closed && values == null;
    }

    void close() {
        closed = true;
    }

    /**
     * This tensor.
     *
     * @throws IllegalStateException if the scope that it belongs to is closed
     */
    GraphTensor<N, V> open() {
        if (closed) {
            throw new IllegalStateException("the scope of the tensor " + Arrays.toString(shape) + " is closed");
        }
        return this;
    }
}
