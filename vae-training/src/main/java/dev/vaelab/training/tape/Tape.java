package dev.vaelab.training.tape;

import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.tensor.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Records what a program computes, and differentiates it backward: reverse mode, each operation's derivative in terms of the same
 * operations.
 *
 * <p>Source: D. E. Rumelhart, G. E. Hinton and R. J. Williams, <em>Learning representations by back-propagating errors</em>,
 * Nature 323, 1986. Only what depends on a {@link #track tracked} tensor is recorded. A tape lives within one scope of the engine,
 * and is used once.
 *
 * @param <T> the engine's tensor
 */
public final class Tape<T> implements TensorOperations<Variable<T>> {
    private final TensorOperations<T> engine;
    private final List<Node<T>> nodes = new ArrayList<>();

    /** An empty tape over an engine's operations. */
    public Tape(TensorOperations<T> engine) {
        this.engine = engine;
    }

    /** A chain rule by one input. */
    private record Edge<T>(Variable<T> input, UnaryOperator<T> derivative) {}

    /** A tensor that an objective is to be differentiated by. */
    public Variable<T> track(T value) {
        return record(List.of(), List.of(value), (gradients, needed) -> List.of())
                .get(0);
    }

    /** A tensor that is what it is: nothing is differentiated by it. */
    public Variable<T> fixed(T value) {
        return new Variable<>(value, null, 0);
    }

    /**
     * A computation whose derivatives are known as a whole, such as a pass through a network.
     *
     * @param inputs what it reads
     * @param outputs what it gives
     * @param pullback from the derivatives by the outputs, zeros where the objective does not depend on one, to those by the inputs
     */
    public List<Variable<T>> record(List<Variable<T>> inputs, List<T> outputs, Pullback<T> pullback) {
        Node<T> node = new Node<>(nodes.size(), List.copyOf(inputs), outputs.size(), (gradients, needed) -> {
            List<T> complete = new ArrayList<>();
            for (int output = 0; output < outputs.size(); output++) {
                T gradient = gradients.get(output);
                complete.add(gradient == null ? zerosLike(outputs.get(output)) : gradient);
            }
            return pullback.apply(complete, needed);
        });
        nodes.add(node);
        return IntStream.range(0, outputs.size())
                .mapToObj(output -> new Variable<>(outputs.get(output), node, output))
                .toList();
    }

    /**
     * Differentiates an objective.
     *
     * @param objective a tensor of one value
     * @param by tracked tensors
     * @return the derivative by each, of its shape; zeros if the objective does not depend on it
     */
    public List<T> gradients(Variable<T> objective, List<Variable<T>> by) {
        return gradients(List.of(objective), List.of(engine.constant(1, engine.shape(objective.value()))), by);
    }

    /**
     * Differentiates an objective that was computed from tensors of this tape elsewhere.
     *
     * @param outputs what it was computed from
     * @param outputGradients its derivative by each of them
     * @param by tracked tensors, and fixed ones, by which the derivative is zero
     * @return the derivative by each, of its shape; zeros if the objective does not depend on it
     */
    public List<T> gradients(List<Variable<T>> outputs, List<T> outputGradients, List<Variable<T>> by) {
        List<List<T>> found = new ArrayList<>();
        nodes.forEach(node -> found.add(new ArrayList<>(Collections.nCopies(node.outputs(), null))));
        for (int output = 0; output < outputs.size(); output++) {
            if (outputs.get(output).tracked()) {
                add(found, outputs.get(output), outputGradients.get(output));
            }
        }
        boolean[] needed = needed(by);
        for (int number = nodes.size() - 1; number >= 0; number--) {
            if (needed[number]) {
                passOn(nodes.get(number), found, needed);
            }
        }
        return by.stream()
                .map(variable -> {
                    T gradient = variable.tracked()
                            ? found.get(variable.origin().number()).get(variable.output())
                            : null;
                    return gradient == null ? zerosLike(variable.value()) : gradient;
                })
                .toList();
    }

    /** Which computations lie on the way to what is asked for. */
    private boolean[] needed(List<Variable<T>> by) {
        boolean[] needed = new boolean[nodes.size()];
        by.stream()
                .filter(Variable::tracked)
                .forEach(variable -> needed[variable.origin().number()] = true);
        for (Node<T> node : nodes) {
            needed[node.number()] |= node.inputs().stream()
                    .anyMatch(input -> input.tracked() && needed[input.origin().number()]);
        }
        return needed;
    }

    private void passOn(Node<T> node, List<List<T>> found, boolean[] needed) {
        List<T> gradients = found.get(node.number());
        if (node.inputs().isEmpty() || gradients.stream().allMatch(gradient -> gradient == null)) {
            return;
        }
        Predicate<Variable<T>> asked =
                input -> input.tracked() && needed[input.origin().number()];
        List<T> byInputs = node.pullback().apply(gradients, asked);
        for (int input = 0; input < node.inputs().size(); input++) {
            Variable<T> variable = node.inputs().get(input);
            if (asked.test(variable)) {
                add(found, variable, byInputs.get(input));
            }
        }
    }

    private void add(List<List<T>> found, Variable<T> variable, T gradient) {
        List<T> gradients = found.get(variable.origin().number());
        T before = gradients.get(variable.output());
        gradients.set(variable.output(), before == null ? gradient : engine.add(before, gradient));
    }

    private T zerosLike(T tensor) {
        return engine.constant(0, engine.shape(tensor));
    }

    /** The result of an operation, with its chain rule by each input that is tracked. */
    private Variable<T> result(T value, List<Edge<T>> edges) {
        List<Edge<T>> tracked =
                edges.stream().filter(edge -> edge.input().tracked()).toList();
        if (tracked.isEmpty()) {
            return fixed(value);
        }
        Node<T> node =
                new Node<>(nodes.size(), tracked.stream().map(Edge::input).toList(), 1, (gradients, needed) -> {
                    List<T> byInputs = new ArrayList<>();
                    for (Edge<T> edge : tracked) {
                        boolean asked = needed.test(edge.input());
                        byInputs.add(asked ? edge.derivative().apply(gradients.get(0)) : null);
                    }
                    return byInputs;
                });
        nodes.add(node);
        return new Variable<>(value, node, 0);
    }

    private Edge<T> by(Variable<T> input, UnaryOperator<T> derivative) {
        return new Edge<>(input, derivative);
    }

    /** The chain rule by an input that may have been broadcast: what was repeated is summed up. */
    private Edge<T> byRepeated(Variable<T> input, UnaryOperator<T> derivative) {
        int[] shape = engine.shape(input.value());
        return new Edge<>(input, gradient -> summedTo(derivative.apply(gradient), shape));
    }

    private T summedTo(T gradient, int[] shape) {
        int[] repeated = Shapes.repeated(shape, engine.shape(gradient));
        T summed = repeated.length == 0 ? gradient : engine.sum(gradient, repeated);
        return Arrays.equals(engine.shape(summed), shape) ? summed : engine.reshape(summed, shape);
    }

    private T negative(T tensor) {
        return engine.multiply(tensor, -1);
    }

    @Override
    public OperationScope openScope() {
        return engine.openScope();
    }

    @Override
    public Variable<T> upload(float[] values, int... shape) {
        return fixed(engine.upload(values, shape));
    }

    @Override
    public float[] download(Variable<T> tensor) {
        return engine.download(tensor.value());
    }

    @Override
    public int[] shape(Variable<T> tensor) {
        return engine.shape(tensor.value());
    }

    @Override
    public Variable<T> variable(float[] values, int... shape) {
        throw changing();
    }

    @Override
    public void write(Variable<T> variable, float[] values) {
        throw changing();
    }

    @Override
    public void assign(Variable<T> variable, Variable<T> values) {
        throw changing();
    }

    @Override
    public void free(Variable<T> variable) {
        throw changing();
    }

    private static UnsupportedOperationException changing() {
        return new UnsupportedOperationException("what changes cannot be differentiated: use the engine's operations");
    }

    @Override
    public Variable<T> constant(double value, int... shape) {
        return fixed(engine.constant(value, shape));
    }

    @Override
    public Variable<T> add(Variable<T> left, Variable<T> right) {
        return result(
                engine.add(left.value(), right.value()),
                List.of(byRepeated(left, gradient -> gradient), byRepeated(right, gradient -> gradient)));
    }

    @Override
    public Variable<T> subtract(Variable<T> left, Variable<T> right) {
        return result(
                engine.subtract(left.value(), right.value()),
                List.of(byRepeated(left, gradient -> gradient), byRepeated(right, this::negative)));
    }

    @Override
    public Variable<T> multiply(Variable<T> left, Variable<T> right) {
        return result(
                engine.multiply(left.value(), right.value()),
                List.of(
                        byRepeated(left, gradient -> engine.multiply(gradient, right.value())),
                        byRepeated(right, gradient -> engine.multiply(gradient, left.value()))));
    }

    @Override
    public Variable<T> divide(Variable<T> left, Variable<T> right) {
        T quotient = engine.divide(left.value(), right.value());
        return result(
                quotient,
                List.of(
                        byRepeated(left, gradient -> engine.divide(gradient, right.value())),
                        byRepeated(
                                right,
                                gradient ->
                                        negative(engine.divide(engine.multiply(gradient, quotient), right.value())))));
    }

    @Override
    public Variable<T> add(Variable<T> tensor, double number) {
        return result(engine.add(tensor.value(), number), List.of(by(tensor, gradient -> gradient)));
    }

    @Override
    public Variable<T> multiply(Variable<T> tensor, double number) {
        return result(
                engine.multiply(tensor.value(), number),
                List.of(by(tensor, gradient -> engine.multiply(gradient, number))));
    }

    @Override
    public Variable<T> stopGradient(Variable<T> tensor) {
        return fixed(engine.stopGradient(tensor.value()));
    }

    @Override
    public Variable<T> scaleGradient(Variable<T> tensor, Supplier<Variable<T>> factor) {
        return result(
                tensor.value(),
                List.of(by(
                        tensor,
                        gradient -> engine.multiply(gradient, factor.get().value()))));
    }

    /** A mask; its derivative is 0. */
    @Override
    public Variable<T> greater(Variable<T> left, Variable<T> right) {
        return fixed(engine.greater(left.value(), right.value()));
    }

    @Override
    public Variable<T> select(Variable<T> mask, Variable<T> chosen, Variable<T> other) {
        T zero = engine.constant(0);
        return result(
                engine.select(mask.value(), chosen.value(), other.value()),
                List.of(
                        byRepeated(chosen, gradient -> engine.select(mask.value(), gradient, zero)),
                        byRepeated(other, gradient -> engine.select(mask.value(), zero, gradient))));
    }

    @Override
    public Variable<T> exp(Variable<T> tensor) {
        T power = engine.exp(tensor.value());
        return result(power, List.of(by(tensor, gradient -> engine.multiply(gradient, power))));
    }

    @Override
    public Variable<T> expm1(Variable<T> tensor) {
        T power = engine.expm1(tensor.value());
        return result(power, List.of(by(tensor, gradient -> engine.multiply(gradient, engine.add(power, 1)))));
    }

    @Override
    public Variable<T> log(Variable<T> tensor) {
        return result(
                engine.log(tensor.value()), List.of(by(tensor, gradient -> engine.divide(gradient, tensor.value()))));
    }

    @Override
    public Variable<T> log1p(Variable<T> tensor) {
        return result(
                engine.log1p(tensor.value()),
                List.of(by(tensor, gradient -> engine.divide(gradient, engine.add(tensor.value(), 1)))));
    }

    @Override
    public Variable<T> sqrt(Variable<T> tensor) {
        T root = engine.sqrt(tensor.value());
        return result(root, List.of(by(tensor, gradient -> engine.multiply(engine.divide(gradient, root), 0.5))));
    }

    @Override
    public Variable<T> square(Variable<T> tensor) {
        return result(
                engine.square(tensor.value()),
                List.of(by(tensor, gradient -> engine.multiply(engine.multiply(gradient, tensor.value()), 2))));
    }

    /** g (1 - t^2) = g - g t t. */
    @Override
    public Variable<T> tanh(Variable<T> tensor) {
        T tangent = engine.tanh(tensor.value());
        return result(
                tangent,
                List.of(by(
                        tensor,
                        gradient -> engine.subtract(gradient, engine.multiply(gradient, engine.square(tangent))))));
    }

    /** g s (1 - s) = g s - g s s. */
    @Override
    public Variable<T> sigmoid(Variable<T> tensor) {
        T share = engine.sigmoid(tensor.value());
        return result(share, List.of(by(tensor, gradient -> {
            T product = engine.multiply(gradient, share);
            return engine.subtract(product, engine.multiply(product, share));
        })));
    }

    @Override
    public Variable<T> softplus(Variable<T> tensor) {
        return result(
                engine.softplus(tensor.value()),
                List.of(by(tensor, gradient -> engine.multiply(gradient, engine.sigmoid(tensor.value())))));
    }

    /** 0 at 0, as in PyTorch. */
    @Override
    public Variable<T> relu(Variable<T> tensor) {
        T rectified = engine.relu(tensor.value());
        return result(rectified, List.of(by(tensor, gradient -> {
            T zero = engine.constant(0);
            return engine.select(engine.greater(rectified, zero), gradient, zero);
        })));
    }

    @Override
    public Variable<T> sum(Variable<T> tensor, int... axes) {
        int[] shape = engine.shape(tensor.value());
        return result(
                engine.sum(tensor.value(), axes),
                List.of(by(
                        tensor,
                        gradient -> engine.broadcast(engine.reshape(gradient, Shapes.kept(shape, axes)), shape))));
    }

    /** Each of several largest values counts as the largest. */
    @Override
    public Variable<T> max(Variable<T> tensor, int... axes) {
        int[] shape = engine.shape(tensor.value());
        int[] kept = Shapes.kept(shape, axes);
        T largest = engine.max(tensor.value(), axes);
        return result(largest, List.of(by(tensor, gradient -> {
            T smaller = engine.greater(engine.reshape(largest, kept), tensor.value());
            return engine.select(smaller, engine.constant(0), engine.reshape(gradient, kept));
        })));
    }

    /** The derivative is the softmax. */
    @Override
    public Variable<T> logSumExp(Variable<T> tensor, int axis) {
        int[] kept = Shapes.kept(engine.shape(tensor.value()), axis);
        T result = engine.logSumExp(tensor.value(), axis);
        return result(result, List.of(by(tensor, gradient -> {
            T softmax = engine.exp(engine.subtract(tensor.value(), engine.reshape(result, kept)));
            return engine.multiply(softmax, engine.reshape(gradient, kept));
        })));
    }

    @Override
    public Variable<T> matmul(Variable<T> left, boolean transposeLeft, Variable<T> right, boolean transposeRight) {
        return result(
                engine.matmul(left.value(), transposeLeft, right.value(), transposeRight),
                List.of(
                        by(
                                left,
                                gradient -> transposeLeft
                                        ? engine.matmul(right.value(), transposeRight, gradient, true)
                                        : engine.matmul(gradient, false, right.value(), !transposeRight)),
                        by(
                                right,
                                gradient -> transposeRight
                                        ? engine.matmul(gradient, true, left.value(), transposeLeft)
                                        : engine.matmul(left.value(), !transposeLeft, gradient, false))));
    }

    @Override
    public Variable<T> reshape(Variable<T> tensor, int... shape) {
        int[] before = engine.shape(tensor.value());
        return result(
                engine.reshape(tensor.value(), shape),
                List.of(by(tensor, gradient -> engine.reshape(gradient, before))));
    }

    @Override
    public Variable<T> transpose(Variable<T> tensor, int... axes) {
        int[] back = new int[axes.length];
        for (int axis = 0; axis < axes.length; axis++) {
            back[axes[axis]] = axis;
        }
        return result(
                engine.transpose(tensor.value(), axes),
                List.of(by(tensor, gradient -> engine.transpose(gradient, back))));
    }

    @Override
    public Variable<T> broadcast(Variable<T> tensor, int... shape) {
        return result(engine.broadcast(tensor.value(), shape), List.of(byRepeated(tensor, gradient -> gradient)));
    }

    @Override
    public Variable<T> concatenate(List<Variable<T>> tensors, int axis) {
        List<Edge<T>> edges = new ArrayList<>();
        int from = 0;
        for (Variable<T> tensor : tensors) {
            int begin = from;
            int end = begin + engine.shape(tensor.value())[axis];
            edges.add(by(tensor, gradient -> engine.slice(gradient, axis, begin, end)));
            from = end;
        }
        return result(engine.concatenate(tensors.stream().map(Variable::value).toList(), axis), edges);
    }

    @Override
    public Variable<T> slice(Variable<T> tensor, int axis, int from, int to) {
        int[] shape = engine.shape(tensor.value());
        return result(engine.slice(tensor.value(), axis, from, to), List.of(by(tensor, gradient -> {
            List<T> parts = new ArrayList<>();
            addZeros(parts, shape, axis, from);
            parts.add(gradient);
            addZeros(parts, shape, axis, shape[axis] - to);
            return parts.size() == 1 ? gradient : engine.concatenate(parts, axis);
        })));
    }

    private void addZeros(List<T> parts, int[] shape, int axis, int length) {
        if (length > 0) {
            int[] part = shape.clone();
            part[axis] = length;
            parts.add(engine.constant(0, part));
        }
    }

    @Override
    public Variable<T> convolve(Variable<T> input, Variable<T> weight, Window window) {
        int[] shape = engine.shape(input.value());
        return result(
                engine.convolve(input.value(), weight.value(), window),
                List.of(
                        by(
                                input,
                                gradient ->
                                        engine.convolveByInput(gradient, weight.value(), window, shape[2], shape[3])),
                        by(weight, gradient -> engine.convolveByWeight(input.value(), gradient, window))));
    }

    @Override
    public Variable<T> convolveByInput(Variable<T> gradient, Variable<T> weight, Window window, int height, int width) {
        return result(
                engine.convolveByInput(gradient.value(), weight.value(), window, height, width),
                List.of(
                        by(gradient, outer -> engine.convolve(outer, weight.value(), window)),
                        by(weight, outer -> engine.convolveByWeight(outer, gradient.value(), window))));
    }

    @Override
    public Variable<T> convolveByWeight(Variable<T> input, Variable<T> gradient, Window window) {
        int[] shape = engine.shape(input.value());
        return result(
                engine.convolveByWeight(input.value(), gradient.value(), window),
                List.of(
                        by(input, outer -> engine.convolveByInput(gradient.value(), outer, window, shape[2], shape[3])),
                        by(gradient, outer -> engine.convolve(input.value(), outer, window))));
    }

    /** By the logits: x - sigmoid; by the values: the logit. */
    @Override
    public Variable<T> bernoulliLogDensity(Variable<T> values, Variable<T> logits) {
        int[] shape = engine.shape(logits.value());
        int[] rows = Shapes.kept(shape, IntStream.range(1, shape.length).toArray());
        return result(
                engine.bernoulliLogDensity(values.value(), logits.value()),
                List.of(
                        by(values, gradient -> engine.multiply(logits.value(), engine.reshape(gradient, rows))),
                        by(logits, gradient -> engine.bernoulliByLogits(values.value(), logits.value(), gradient))));
    }

    /** By the mean: the mean; by the log-variance: (e^l - 1) / 2. */
    @Override
    public Variable<T> standardGaussianKl(Variable<T> mean, Variable<T> logVariance) {
        int rows = engine.shape(mean.value())[0];
        return result(
                engine.standardGaussianKl(mean.value(), logVariance.value()),
                List.of(
                        by(mean, gradient -> engine.multiply(mean.value(), engine.reshape(gradient, rows, 1))),
                        by(
                                logVariance,
                                gradient -> engine.multiply(
                                        engine.expm1(logVariance.value()),
                                        engine.multiply(engine.reshape(gradient, rows, 1), 0.5)))));
    }

    /** By the mean: 1; by the log-variance: half of the scaled noise; by the noise: the deviation. */
    @Override
    public Variable<T> reparameterize(Variable<T> mean, Variable<T> logVariance, Variable<T> noise) {
        T latents = engine.reparameterize(mean.value(), logVariance.value(), noise.value());
        return result(
                latents,
                List.of(
                        by(mean, gradient -> gradient),
                        by(
                                logVariance,
                                gradient -> engine.multiply(
                                        engine.multiply(gradient, engine.subtract(latents, mean.value())), 0.5)),
                        by(
                                noise,
                                gradient -> engine.multiply(
                                        gradient, engine.exp(engine.multiply(logVariance.value(), 0.5))))));
    }
}
