package dev.vaelab.export.graph;

import dev.vaelab.api.network.Layer;
import dev.vaelab.api.weights.Tensor;
import java.util.List;

/**
 * A graph that a format has, while it is built: each method adds a step. Shapes are without the axis of images, which is the first
 * one of every value and of any size.
 *
 * @param <V> how the graph knows a value
 */
public interface GraphBuilder<V> {
    /** Adds an input of numbers, for example images. */
    V input(String name, List<Integer> shape);

    /** Adds the input of labels: one whole number for each image. */
    V labels(String name);

    /** Adds a layer, as evaluation has it: a batch normalization normalizes by the running statistics. */
    V layer(Layer layer, V features);

    /**
     * Labels as rows of numbers, 1 for its class and 0 for all others.
     *
     * @param labels one for each image
     * @param like a value whose type the rows have
     * @return [classes]
     */
    V rows(V labels, int classes, V like);

    /**
     * A plane for each number of a row, all of whose values are that number.
     *
     * @param rows [classes]
     * @return [classes, height, width]
     */
    V planes(V rows, int classes, int height, int width);

    /** Values one behind the other along the first axis after that of images. */
    V concatenate(V left, V right);

    /**
     * A number that combines with values of any shape.
     *
     * @param like a value whose type it has
     */
    V number(double number, V like);

    /**
     * A tensor that is the same for all images.
     *
     * @param name which no other one has
     * @param tensor broadcasts to values with the axis of images
     */
    V constant(String name, Tensor tensor);

    /** Adds an operation, value by value. */
    V apply(Operator operator, List<V> operands);

    /** Makes a value an output. Outputs come in the order in which they are added. */
    void output(String name, List<Integer> shape, V value);
}
