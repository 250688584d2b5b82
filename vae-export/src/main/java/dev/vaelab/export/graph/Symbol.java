package dev.vaelab.export.graph;

import dev.vaelab.api.weights.Tensor;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A tensor of a formula that is written into a graph.
 *
 * @param node how the graph knows it; asking adds it to the graph where it is not there yet
 * @param known its values where they are the same for all images
 * @param name of what is known
 * @param shape where there is an axis of images, its size is 1 here and anything in the graph
 * @param <V> how the graph knows a value
 */
record Symbol<V>(Supplier<V> node, Optional<Tensor> known, String name, int... shape) {
    /** What is computed of images. */
    static <V> Symbol<V> computed(V node, int... shape) {
        return new Symbol<>(() -> node, Optional.empty(), "", shape);
    }
}
