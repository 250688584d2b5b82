package dev.vaelab.api.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An operation on expressions, with its node in an engine's graph once it has been computed. Equal ones of a {@link Book} are one
 * object.
 *
 * @param <N> a node of the graph
 */
final class Expression<N> {
    private final Supplier<N> building;
    private N node;

    /** Whether a program has once read it that came after the one in which it was first computed. */
    private boolean readLater;

    private Expression(Supplier<N> building) {
        this.building = building;
    }

    /** What an expression is known by: inputs are known by themselves. */
    private record Key<N>(String operation, List<?> attributes, List<Expression<N>> inputs) {}

    /** The expressions of one graph. */
    static final class Book<N> {
        private final Map<Key<N>, Expression<N>> expressions = new HashMap<>();

        /**
         * The expression of an operation.
         *
         * @param operation its name
         * @param attributes what else it depends on
         * @param build gives its node from those of its inputs
         */
        Expression<N> of(String operation, List<?> attributes, List<Expression<N>> inputs, Function<List<N>, N> build) {
            return expressions.computeIfAbsent(
                    new Key<>(operation, attributes, inputs),
                    key -> new Expression<>(() ->
                            build.apply(inputs.stream().map(Expression::node).toList())));
        }
    }

    /** Its node, which is built when it is first asked for. */
    N node() {
        if (node == null) {
            node = building.get();
        }
        return node;
    }

    boolean isReadLater() {
        return readLater;
    }

    void noteReadLater() {
        readLater = true;
    }
}
