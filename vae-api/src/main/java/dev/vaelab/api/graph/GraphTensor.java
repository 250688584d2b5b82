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
    /** What is run to compute it. */
    Expression<N> expression;

    /** What that reads. */
    List<GraphTensor<N, V>> inputs;

    /** Null where nothing has been computed, or nothing been kept. */
    V values;

    /** Those noted before it have smaller ones. */
    final long number;

    private boolean closed;

    GraphTensor(Expression<N> expression, List<GraphTensor<N, V>> inputs, long number) {
        this.expression = expression;
        this.inputs = inputs;
        this.number = number;
    }

    N node() {
        return expression.node();
    }

    int[] shape() {
        return expression.shape();
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether it may be looked at, and has not been computed. */
    boolean waits() {
        return !closed && values == null;
    }

    /**
     * This tensor.
     *
     * @throws IllegalStateException if the scope that it belongs to is closed
     */
    GraphTensor<N, V> open() {
        if (closed) {
            throw new IllegalStateException("the scope of the tensor " + Arrays.toString(shape()) + " is closed");
        }
        return this;
    }
}
