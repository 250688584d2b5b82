package dev.vaelab.api.graph;

import dev.vaelab.api.tensor.Arithmetic;
import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.tensor.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The operations of an engine that computes in graphs: they are noted, and computed when somebody looks.
 *
 * @param <N> a node of the engine's graph
 * @param <V> the engine's values
 */
public final class GraphOperations<N, V> implements TensorOperations<GraphTensor<N, V>>, AutoCloseable {
    private final Arithmetic<N> nodes;
    private final Workspace<N, V> workspace;

    /**
     * The operations of an engine.
     *
     * @param compiler belongs to them from here on
     */
    public GraphOperations(GraphCompiler<N, V> compiler) {
        nodes = compiler.arithmetic();
        workspace = new Workspace<>(compiler);
    }

    /** Computes a tensor without looking at it. */
    public void compute(GraphTensor<N, V> tensor) {
        workspace.compute(List.of(tensor.open()));
    }

    @Override
    public OperationScope openScope() {
        return workspace.openScope();
    }

    @Override
    public GraphTensor<N, V> upload(float[] values, int... shape) {
        return workspace.upload(values, shape);
    }

    @Override
    public float[] download(GraphTensor<N, V> tensor) {
        return download(List.of(tensor)).get(0);
    }

    @Override
    public List<float[]> download(List<GraphTensor<N, V>> tensors) {
        return workspace.download(tensors);
    }

    @Override
    public int[] shape(GraphTensor<N, V> tensor) {
        return tensor.shape().clone();
    }

    @Override
    public GraphTensor<N, V> variable(float[] values, int... shape) {
        return workspace.variable(values, shape);
    }

    @Override
    public void write(GraphTensor<N, V> variable, float[] values) {
        workspace.write(variable, values);
    }

    @Override
    public void assign(GraphTensor<N, V> variable, GraphTensor<N, V> values) {
        workspace.assign(variable, values);
    }

    @Override
    public void free(GraphTensor<N, V> variable) {
        workspace.free(variable);
    }

    @Override
    public GraphTensor<N, V> constant(double value, int... shape) {
        return workspace.constant(value, shape);
    }

    /** An operation of a node and a node. */
    @FunctionalInterface
    private interface Binary<N> {
        N apply(N left, N right);
    }

    /** An operation of a node. */
    @FunctionalInterface
    private interface Unary<N> {
        N apply(N tensor);
    }

    private GraphTensor<N, V> binary(
            String operation, GraphTensor<N, V> left, GraphTensor<N, V> right, Binary<N> build) {
        return of(operation, List.of(), left, right, build);
    }

    private GraphTensor<N, V> of(
            String operation, List<?> attributes, GraphTensor<N, V> left, GraphTensor<N, V> right, Binary<N> build) {
        return workspace.note(
                operation, attributes, List.of(left, right), inputs -> build.apply(inputs.get(0), inputs.get(1)));
    }

    private GraphTensor<N, V> unary(String operation, GraphTensor<N, V> tensor, Unary<N> build) {
        return of(operation, List.of(), tensor, build);
    }

    private GraphTensor<N, V> of(String operation, List<?> attributes, GraphTensor<N, V> tensor, Unary<N> build) {
        return workspace.note(operation, attributes, List.of(tensor), inputs -> build.apply(inputs.get(0)));
    }

    private static List<Integer> list(int... values) {
        return Arrays.stream(values).boxed().toList();
    }

    @Override
    public GraphTensor<N, V> add(GraphTensor<N, V> left, GraphTensor<N, V> right) {
        return binary("add", left, right, nodes::add);
    }

    @Override
    public GraphTensor<N, V> subtract(GraphTensor<N, V> left, GraphTensor<N, V> right) {
        return binary("subtract", left, right, nodes::subtract);
    }

    @Override
    public GraphTensor<N, V> multiply(GraphTensor<N, V> left, GraphTensor<N, V> right) {
        return binary("multiply", left, right, nodes::multiply);
    }

    @Override
    public GraphTensor<N, V> divide(GraphTensor<N, V> left, GraphTensor<N, V> right) {
        return binary("divide", left, right, nodes::divide);
    }

    @Override
    public GraphTensor<N, V> greater(GraphTensor<N, V> left, GraphTensor<N, V> right) {
        return binary("greater", left, right, nodes::greater);
    }

    @Override
    public GraphTensor<N, V> select(GraphTensor<N, V> mask, GraphTensor<N, V> chosen, GraphTensor<N, V> other) {
        return workspace.note(
                "select",
                List.of(),
                List.of(mask, chosen, other),
                inputs -> nodes.select(inputs.get(0), inputs.get(1), inputs.get(2)));
    }

    @Override
    public GraphTensor<N, V> exp(GraphTensor<N, V> tensor) {
        return unary("exp", tensor, nodes::exp);
    }

    @Override
    public GraphTensor<N, V> expm1(GraphTensor<N, V> tensor) {
        return unary("expm1", tensor, nodes::expm1);
    }

    @Override
    public GraphTensor<N, V> log(GraphTensor<N, V> tensor) {
        return unary("log", tensor, nodes::log);
    }

    @Override
    public GraphTensor<N, V> log1p(GraphTensor<N, V> tensor) {
        return unary("log1p", tensor, nodes::log1p);
    }

    @Override
    public GraphTensor<N, V> sqrt(GraphTensor<N, V> tensor) {
        return unary("sqrt", tensor, nodes::sqrt);
    }

    @Override
    public GraphTensor<N, V> tanh(GraphTensor<N, V> tensor) {
        return unary("tanh", tensor, nodes::tanh);
    }

    @Override
    public GraphTensor<N, V> sigmoid(GraphTensor<N, V> tensor) {
        return unary("sigmoid", tensor, nodes::sigmoid);
    }

    @Override
    public GraphTensor<N, V> softplus(GraphTensor<N, V> tensor) {
        return unary("softplus", tensor, nodes::softplus);
    }

    @Override
    public GraphTensor<N, V> relu(GraphTensor<N, V> tensor) {
        return unary("relu", tensor, nodes::relu);
    }

    @Override
    public GraphTensor<N, V> sum(GraphTensor<N, V> tensor, int... axes) {
        if (axes.length == 0) {
            return tensor;
        }
        return of("sum", list(axes), tensor, node -> nodes.sum(node, axes));
    }

    @Override
    public GraphTensor<N, V> max(GraphTensor<N, V> tensor, int... axes) {
        if (axes.length == 0) {
            return tensor;
        }
        return of("max", list(axes), tensor, node -> nodes.max(node, axes));
    }

    @Override
    public GraphTensor<N, V> matmul(
            GraphTensor<N, V> left, boolean transposeLeft, GraphTensor<N, V> right, boolean transposeRight) {
        return of(
                "matmul",
                List.of(transposeLeft, transposeRight),
                left,
                right,
                (first, second) -> nodes.matmul(first, transposeLeft, second, transposeRight));
    }

    @Override
    public GraphTensor<N, V> reshape(GraphTensor<N, V> tensor, int... shape) {
        return of("reshape", list(shape), tensor, node -> nodes.reshape(node, shape));
    }

    @Override
    public GraphTensor<N, V> transpose(GraphTensor<N, V> tensor, int... axes) {
        return of("transpose", list(axes), tensor, node -> nodes.transpose(node, axes));
    }

    @Override
    public GraphTensor<N, V> broadcast(GraphTensor<N, V> tensor, int... shape) {
        return of("broadcast", list(shape), tensor, node -> nodes.broadcast(node, shape));
    }

    @Override
    public GraphTensor<N, V> concatenate(List<GraphTensor<N, V>> tensors, int axis) {
        return workspace.note("concatenate", List.of(axis), tensors, inputs -> nodes.concatenate(inputs, axis));
    }

    @Override
    public GraphTensor<N, V> slice(GraphTensor<N, V> tensor, int axis, int from, int to) {
        return of("slice", List.of(axis, from, to), tensor, node -> nodes.slice(node, axis, from, to));
    }

    @Override
    public GraphTensor<N, V> convolve(GraphTensor<N, V> input, GraphTensor<N, V> weight, Window window) {
        return of(
                "convolve", List.of(window), input, weight, (images, kernel) -> nodes.convolve(images, kernel, window));
    }

    @Override
    public GraphTensor<N, V> convolveByInput(
            GraphTensor<N, V> gradient, GraphTensor<N, V> weight, Window window, int height, int width) {
        return of(
                "convolveByInput",
                List.of(window, height, width),
                gradient,
                weight,
                (images, kernel) -> nodes.convolveByInput(images, kernel, window, height, width));
    }

    @Override
    public GraphTensor<N, V> convolveByWeight(GraphTensor<N, V> input, GraphTensor<N, V> gradient, Window window) {
        return of(
                "convolveByWeight",
                List.of(window),
                input,
                gradient,
                (images, outer) -> nodes.convolveByWeight(images, outer, window));
    }

    /** All squares are one program. */
    @Override
    public double length(List<GraphTensor<N, V>> tensors) {
        List<GraphTensor<N, V>> squares = new ArrayList<>();
        for (GraphTensor<N, V> tensor : tensors) {
            int[] axes = IntStream.range(0, tensor.shape().length).toArray();
            squares.add(sum(square(tensor), axes));
        }
        return Math.sqrt(
                download(squares).stream().mapToDouble(square -> square[0]).sum());
    }

    /** Frees everything native. A second call does nothing. */
    @Override
    public void close() {
        workspace.close();
    }
}
