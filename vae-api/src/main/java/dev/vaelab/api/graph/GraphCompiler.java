package dev.vaelab.api.graph;

import dev.vaelab.api.tensor.Arithmetic;
import java.util.List;
import java.util.Map;

/**
 * A graph of an engine: how its nodes are built, and how it is run. Nodes stay; each is built once for all programs that it is part of.
 *
 * @param <N> a node of the graph
 * @param <V> what a node gives when it is run: native values
 */
public interface GraphCompiler<N, V> extends AutoCloseable {
    /** Builds nodes from nodes. */
    Arithmetic<N> arithmetic();

    /** A node whose values are fed in each run. */
    N input(int... shape);

    /** A new variable, as the node that reads it. It has values once it has been assigned some. */
    N variable(int... shape);

    /**
     * A node that gives a variable new values.
     *
     * @param read whether it is read in the same run: the values of before
     */
    N assign(N variable, N values, boolean read);

    /**
     * A node that frees a variable.
     *
     * @param read whether it is read in the same run, before
     */
    N free(N variable, boolean read);

    /** Copies values into the engine. */
    V upload(float[] values, int... shape);

    /** Copies the values of a node out of the engine, in row-major order. */
    float[] download(N node, V values);

    /** Frees values. */
    void release(V values);

    /**
     * Runs a part of the graph.
     *
     * @param fed values of nodes, inputs or others, from an earlier run; what these are computed from is not run
     * @param fetched nodes whose values are asked for
     * @param effects nodes of {@link #assign} and {@link #free}
     * @return the values of the fetched nodes in their order, which the caller frees
     */
    List<V> run(Map<N, V> fed, List<N> fetched, List<N> effects);

    /** Frees the graph and all variables. */
    @Override
    void close();
}
