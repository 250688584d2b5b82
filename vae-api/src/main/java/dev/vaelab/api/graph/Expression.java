package dev.vaelab.api.graph;

import java.util.List;

/**
 * An operation on other expressions, with its node in an engine's graph. Equal ones are one object.
 *
 * @param <N> a node of the graph
 */
final class Expression<N> {
    private final N node;
    private final int[] shape;
    private boolean readLater;

    Expression(N node, int[] shape) {
        this.node = node;
        this.shape = shape;
    }

    /**
     * What an expression is known by.
     *
     * @param operation its name
     * @param attributes what else it depends on
     * @param inputs which are known by themselves
     */
    record Key<N>(String operation, List<?> attributes, List<Expression<N>> inputs) {}

    N node() {
        return node;
    }

    int[] shape() {
        return shape;
    }

    /** Whether it has once been read in a later run than the one that could have kept it. */
    boolean isReadLater() {
        return readLater;
    }

    void noteReadLater() {
        readLater = true;
    }
}
