package dev.vaelab.export.graph;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.tensor.Window;
import dev.vaelab.api.weights.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Operations that write a formula down in a graph and compute nothing: whatever a likelihood makes of logits, one of a plug-in too,
 * leaves the program as it is written there.
 *
 * <p>What a formula does with each value by itself can be written for any number of images. All else is refused.
 *
 * @param <V> how the graph knows a value
 */
final class FormulaOperations<V> implements TensorOperations<Symbol<V>> {
    private final GraphBuilder<V> graph;
    private final Likelihood likelihood;
    private final V argument;
    private final Map<String, V> constants = new HashMap<>();
    private int uploads;

    /**
     * Operations of one formula.
     *
     * @param likelihood whose formula it is, for messages
     * @param argument what it is a formula of
     */
    FormulaOperations(GraphBuilder<V> graph, Likelihood likelihood, V argument) {
        this.graph = graph;
        this.likelihood = likelihood;
        this.argument = argument;
    }

    /**
     * What it is a formula of.
     *
     * @param shape for one image
     */
    Symbol<V> argument(List<Integer> shape) {
        return Symbol.computed(
                argument,
                IntStream.concat(IntStream.of(1), shape.stream().mapToInt(Integer::intValue))
                        .toArray());
    }

    /** A tensor of the model. */
    Symbol<V> tensor(String name, Tensor tensor) {
        return new Symbol<>(
                () -> constants.computeIfAbsent(name, key -> graph.constant(key, tensor)),
                Optional.of(tensor),
                name,
                tensor.shape().stream().mapToInt(Integer::intValue).toArray());
    }

    @Override
    public int[] shape(Symbol<V> tensor) {
        return tensor.shape().clone();
    }

    @Override
    public Symbol<V> constant(double value, int... shape) {
        return Symbol.computed(graph.number(value, argument), shape);
    }

    @Override
    public Symbol<V> upload(float[] values, int... shape) {
        return tensor(
                "constant_" + ++uploads, new Tensor(Arrays.stream(shape).boxed().toList(), values));
    }

    @Override
    public Symbol<V> add(Symbol<V> left, Symbol<V> right) {
        return write(Operator.ADD, List.of(left, right));
    }

    @Override
    public Symbol<V> subtract(Symbol<V> left, Symbol<V> right) {
        return write(Operator.SUBTRACT, List.of(left, right));
    }

    @Override
    public Symbol<V> multiply(Symbol<V> left, Symbol<V> right) {
        return write(Operator.MULTIPLY, List.of(left, right));
    }

    @Override
    public Symbol<V> divide(Symbol<V> left, Symbol<V> right) {
        return write(Operator.DIVIDE, List.of(left, right));
    }

    @Override
    public Symbol<V> greater(Symbol<V> left, Symbol<V> right) {
        return write(Operator.GREATER, List.of(left, right));
    }

    @Override
    public Symbol<V> select(Symbol<V> mask, Symbol<V> chosen, Symbol<V> other) {
        return write(Operator.SELECT, List.of(mask, chosen, other));
    }

    @Override
    public Symbol<V> exp(Symbol<V> tensor) {
        return write(Operator.EXP, List.of(tensor));
    }

    @Override
    public Symbol<V> expm1(Symbol<V> tensor) {
        return write(Operator.EXPM1, List.of(tensor));
    }

    @Override
    public Symbol<V> log(Symbol<V> tensor) {
        return write(Operator.LOG, List.of(tensor));
    }

    @Override
    public Symbol<V> log1p(Symbol<V> tensor) {
        return write(Operator.LOG1P, List.of(tensor));
    }

    @Override
    public Symbol<V> sqrt(Symbol<V> tensor) {
        return write(Operator.SQRT, List.of(tensor));
    }

    @Override
    public Symbol<V> tanh(Symbol<V> tensor) {
        return write(Operator.TANH, List.of(tensor));
    }

    @Override
    public Symbol<V> sigmoid(Symbol<V> tensor) {
        return write(Operator.SIGMOID, List.of(tensor));
    }

    @Override
    public Symbol<V> softplus(Symbol<V> tensor) {
        return write(Operator.SOFTPLUS, List.of(tensor));
    }

    @Override
    public Symbol<V> relu(Symbol<V> tensor) {
        return write(Operator.RELU, List.of(tensor));
    }

    private Symbol<V> write(Operator operator, List<Symbol<V>> operands) {
        int[] shape = {};
        for (Symbol<V> operand : operands) {
            shape = Shapes.broadcast(shape, operand.shape());
        }
        List<V> nodes = operands.stream().map(operand -> operand.node().get()).toList();
        return Symbol.computed(graph.apply(operator, nodes), shape);
    }

    /** Of a tensor of the model, for which nothing has to be computed of images. */
    @Override
    public Symbol<V> reshape(Symbol<V> tensor, int... shape) {
        Tensor known = tensor.known().orElseThrow(() -> refused("reshape"));
        String suffix = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining("x", "_", ""));
        return tensor(
                tensor.name() + suffix, new Tensor(Arrays.stream(shape).boxed().toList(), known.values()));
    }

    @Override
    public Symbol<V> sum(Symbol<V> tensor, int... axes) {
        throw refused("sum");
    }

    @Override
    public Symbol<V> max(Symbol<V> tensor, int... axes) {
        throw refused("max");
    }

    @Override
    public Symbol<V> matmul(Symbol<V> left, boolean transposeLeft, Symbol<V> right, boolean transposeRight) {
        throw refused("matmul");
    }

    @Override
    public Symbol<V> transpose(Symbol<V> tensor, int... axes) {
        throw refused("transpose");
    }

    @Override
    public Symbol<V> broadcast(Symbol<V> tensor, int... shape) {
        throw refused("broadcast");
    }

    @Override
    public Symbol<V> concatenate(List<Symbol<V>> tensors, int axis) {
        throw refused("concatenate");
    }

    @Override
    public Symbol<V> slice(Symbol<V> tensor, int axis, int from, int to) {
        throw refused("slice");
    }

    @Override
    public Symbol<V> convolve(Symbol<V> input, Symbol<V> weight, Window window) {
        throw refused("convolve");
    }

    @Override
    public Symbol<V> convolveByInput(Symbol<V> gradient, Symbol<V> weight, Window window, int height, int width) {
        throw refused("convolveByInput");
    }

    @Override
    public Symbol<V> convolveByWeight(Symbol<V> input, Symbol<V> gradient, Window window) {
        throw refused("convolveByWeight");
    }

    @Override
    public OperationScope openScope() {
        throw refused("openScope");
    }

    @Override
    public float[] download(Symbol<V> tensor) {
        throw refused("download");
    }

    @Override
    public Symbol<V> variable(float[] values, int... shape) {
        throw refused("variable");
    }

    @Override
    public void write(Symbol<V> variable, float[] values) {
        throw refused("write");
    }

    @Override
    public void assign(Symbol<V> variable, Symbol<V> values) {
        throw refused("assign");
    }

    @Override
    public void free(Symbol<V> variable) {
        throw refused("free");
    }

    private InvalidInputException refused(String operation) {
        return new InvalidInputException(new Problem(
                "loss.reconstruction",
                likelihood.name() + ", whose expected image takes the operation " + operation,
                "a likelihood whose expected image follows from each logit by itself",
                "no other one can be exported for any number of images"));
    }
}
