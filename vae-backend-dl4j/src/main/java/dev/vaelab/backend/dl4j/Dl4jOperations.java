package dev.vaelab.backend.dl4j;

import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.tensor.Window;
import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.BernoulliDensity;
import dev.vaelab.backend.dl4j.operation.BoundOperations;
import dev.vaelab.backend.dl4j.operation.Elementwise;
import dev.vaelab.backend.dl4j.operation.Reduction;
import dev.vaelab.backend.dl4j.operation.Selection;
import dev.vaelab.backend.dl4j.operation.WithNumber;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * ND4J's arithmetic. Every array lies without gaps in row-major order: what ND4J would give as a view is a copy here, so that an
 * array lives exactly as long as its scope.
 */
final class Dl4jOperations implements TensorOperations<INDArray> {
    private final Scopes scopes;
    private final BoundOperations engine = new BoundOperations();
    private final Convolutions convolutions;
    private final WithNumber plusNumber = WithNumber.sum();
    private final WithNumber timesNumber = WithNumber.product();
    private final Elementwise exponential = Elementwise.exponential();
    private final Elementwise exponentialMinusOne = Elementwise.exponentialMinusOne();
    private final Elementwise logarithm = Elementwise.logarithm();
    private final Elementwise logarithmOfOnePlus = Elementwise.logarithmOfOnePlus();
    private final Elementwise squareRoot = Elementwise.squareRoot();
    private final Elementwise sigmoid = Elementwise.sigmoid();
    private final Elementwise softplus = Elementwise.softplus();
    private final Elementwise rectified = Elementwise.rectified();
    private final Elementwise positive = Elementwise.positive();
    private final BernoulliDensity bernoulli = new BernoulliDensity();

    /**
     * Makes the operations.
     *
     * @param scopes own what they compute
     */
    Dl4jOperations(Scopes scopes) {
        this.scopes = scopes;
        this.convolutions = new Convolutions(scopes, engine);
    }

    @Override
    public OperationScope openScope() {
        return scopes.open();
    }

    @Override
    public INDArray upload(float[] values, int... shape) {
        Shapes.requireFilled(values.length, shape);
        INDArray array = scopes.allocate(shape);
        Arrays.floats(array).put(values);
        return array;
    }

    @Override
    public float[] download(INDArray tensor) {
        return Arrays.values(scopes.held(tensor));
    }

    @Override
    public int[] shape(INDArray tensor) {
        return sizes(scopes.held(tensor));
    }

    private static int[] sizes(INDArray tensor) {
        int[] shape = new int[tensor.rank()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = Math.toIntExact(tensor.size(axis));
        }
        return shape;
    }

    @Override
    public INDArray variable(float[] values, int... shape) {
        return scopes.keep(Arrays.of(values, IntStream.of(shape).asLongStream().toArray()));
    }

    @Override
    public void write(INDArray variable, float[] values) {
        Shapes.requireFilled(values.length, shape(variable));
        Arrays.floats(variable).put(values);
    }

    @Override
    public void assign(INDArray variable, INDArray values) {
        if (!scopes.held(variable).equalShapes(scopes.held(values))) {
            throw new IllegalArgumentException("a variable of shape " + java.util.Arrays.toString(sizes(variable))
                    + " takes values of this shape, found " + java.util.Arrays.toString(sizes(values)));
        }
        Arrays.copy(values, variable);
    }

    @Override
    public void free(INDArray variable) {
        scopes.release(variable);
    }

    @Override
    public INDArray constant(double value, int... shape) {
        float[] values = new float[Shapes.size(shape)];
        java.util.Arrays.fill(values, (float) value);
        return upload(values, shape);
    }

    @Override
    public INDArray add(INDArray left, INDArray right) {
        return binary("add", left, right);
    }

    @Override
    public INDArray subtract(INDArray left, INDArray right) {
        return binary("subtract", left, right);
    }

    @Override
    public INDArray multiply(INDArray left, INDArray right) {
        return binary("multiply", left, right);
    }

    @Override
    public INDArray divide(INDArray left, INDArray right) {
        return binary("divide", left, right);
    }

    /** The engine's operation of this name gives booleans; a difference is positive exactly where it would say yes. */
    @Override
    public INDArray greater(INDArray left, INDArray right) {
        INDArray difference = binary("subtract", left, right);
        return positive.apply(difference, difference);
    }

    private INDArray binary(String name, INDArray left, INDArray right) {
        INDArray result = scopes.allocate(Shapes.broadcast(shape(left), shape(right)));
        return engine.run(name, List.of(left, right), result);
    }

    @Override
    public INDArray add(INDArray tensor, double number) {
        return plusNumber.apply(tensor, number, like(tensor));
    }

    @Override
    public INDArray multiply(INDArray tensor, double number) {
        return timesNumber.apply(tensor, number, like(tensor));
    }

    @Override
    public INDArray select(INDArray mask, INDArray chosen, INDArray other) {
        int[] shape = Shapes.broadcast(shape(mask), Shapes.broadcast(shape(chosen), shape(other)));
        return Selection.apply(
                repeated(mask, shape), repeated(chosen, shape), repeated(other, shape), scopes.allocate(shape));
    }

    /** Of that shape, or a single value. */
    private INDArray repeated(INDArray tensor, int[] shape) {
        return tensor.length() == 1 || java.util.Arrays.equals(sizes(tensor), shape)
                ? tensor
                : broadcast(tensor, shape);
    }

    @Override
    public INDArray exp(INDArray tensor) {
        return unary(exponential, tensor);
    }

    @Override
    public INDArray expm1(INDArray tensor) {
        return unary(exponentialMinusOne, tensor);
    }

    @Override
    public INDArray log(INDArray tensor) {
        return unary(logarithm, tensor);
    }

    @Override
    public INDArray log1p(INDArray tensor) {
        return unary(logarithmOfOnePlus, tensor);
    }

    @Override
    public INDArray sqrt(INDArray tensor) {
        return unary(squareRoot, tensor);
    }

    @Override
    public INDArray tanh(INDArray tensor) {
        return tangent(tensor, like(tensor));
    }

    /**
     * By oneDNN, to the last digits of the smallest values, too. For a scalar libnd4j has an operation of its own, which gives 0
     * for those.
     */
    private INDArray tangent(INDArray in, INDArray out) {
        engine.run("tanh", List.of(in.rank() == 0 ? in.reshape(1) : in), out.rank() == 0 ? out.reshape(1) : out);
        return out;
    }

    @Override
    public INDArray sigmoid(INDArray tensor) {
        return unary(sigmoid, tensor);
    }

    @Override
    public INDArray softplus(INDArray tensor) {
        return unary(softplus, tensor);
    }

    @Override
    public INDArray relu(INDArray tensor) {
        return unary(rectified, tensor);
    }

    private INDArray unary(Elementwise function, INDArray tensor) {
        return function.apply(tensor, like(tensor));
    }

    private INDArray like(INDArray tensor) {
        return scopes.allocate(scopes.held(tensor).shape());
    }

    @Override
    public INDArray sum(INDArray tensor, int... axes) {
        return reduce(Reduction.SUM, tensor, axes);
    }

    @Override
    public INDArray max(INDArray tensor, int... axes) {
        return reduce(Reduction.MAXIMUM, tensor, axes);
    }

    private INDArray reduce(Reduction reduction, INDArray tensor, int[] axes) {
        return reduction.apply(tensor, axes, scopes.allocate(Shapes.without(shape(tensor), axes)));
    }

    @Override
    public INDArray matmul(INDArray left, boolean transposeLeft, INDArray right, boolean transposeRight) {
        long rows = scopes.held(left).size(transposeLeft ? 1 : 0);
        long columns = scopes.held(right).size(transposeRight ? 0 : 1);
        return engine.run(
                "matmul",
                List.of(left, right),
                scopes.allocate(rows, columns),
                transposeLeft ? 1 : 0,
                transposeRight ? 1 : 0,
                0);
    }

    @Override
    public INDArray reshape(INDArray tensor, int... shape) {
        Shapes.requireFilled(Math.toIntExact(scopes.held(tensor).length()), shape);
        return Arrays.copy(tensor, scopes.allocate(shape));
    }

    @Override
    public INDArray transpose(INDArray tensor, int... axes) {
        int[] shape = shape(tensor);
        INDArray result =
                scopes.allocate(IntStream.of(axes).map(axis -> shape[axis]).toArray());
        return axes.length < 2
                ? Arrays.copy(tensor, result)
                : engine.run(
                        "permute",
                        List.of(tensor),
                        result,
                        IntStream.of(axes).asLongStream().toArray());
    }

    @Override
    public INDArray broadcast(INDArray tensor, int... shape) {
        if (!java.util.Arrays.equals(Shapes.broadcast(shape(tensor), shape), shape)) {
            throw new IllegalArgumentException("shape " + java.util.Arrays.toString(sizes(tensor))
                    + " cannot be repeated to " + java.util.Arrays.toString(shape));
        }
        INDArray result = scopes.allocate(shape);
        return engine.run("assign", List.of(result, tensor), result);
    }

    @Override
    public INDArray concatenate(List<INDArray> tensors, int axis) {
        int[] shape = shape(tensors.get(0));
        shape[axis] = tensors.stream().mapToInt(tensor -> shape(tensor)[axis]).sum();
        return engine.run("concat", tensors, scopes.allocate(shape), axis);
    }

    @Override
    public INDArray slice(INDArray tensor, int axis, int from, int to) {
        int[] shape = shape(tensor);
        if (from < 0 || to > shape[axis] || from >= to) {
            throw new IllegalArgumentException("an axis of " + shape[axis] + " has no part from " + from + " to " + to);
        }
        long[] beginsAndSizes = new long[2 * shape.length];
        shape[axis] = to - from;
        beginsAndSizes[axis] = from;
        for (int index = 0; index < shape.length; index++) {
            beginsAndSizes[shape.length + index] = shape[index];
        }
        return engine.run("slice", List.of(tensor), scopes.allocate(shape), beginsAndSizes);
    }

    @Override
    public INDArray convolve(INDArray input, INDArray weight, Window window) {
        return convolutions.convolve(scopes.held(input), scopes.held(weight), window);
    }

    @Override
    public INDArray convolveByInput(INDArray gradient, INDArray weight, Window window, int height, int width) {
        return convolutions.byInput(scopes.held(gradient), scopes.held(weight), window, height, width);
    }

    @Override
    public INDArray convolveByWeight(INDArray input, INDArray gradient, Window window) {
        return convolutions.byWeight(scopes.held(input), scopes.held(gradient), window);
    }

    @Override
    public INDArray bernoulliLogDensity(INDArray values, INDArray logits) {
        INDArray terms = bernoulli.apply(scopes.held(values), scopes.held(logits), like(logits));
        return sum(terms, IntStream.range(1, terms.rank()).toArray());
    }

    @Override
    public INDArray bernoulliByLogits(INDArray values, INDArray logits, INDArray gradient) {
        INDArray slopes = bernoulli.byLogits(scopes.held(values), scopes.held(logits), like(logits));
        int[] others = IntStream.range(1, slopes.rank()).toArray();
        return binary("multiply", slopes, reshape(gradient, Shapes.kept(sizes(slopes), others)));
    }

    @Override
    public double length(List<INDArray> tensors) {
        double squares = 0;
        for (INDArray tensor : tensors) {
            FloatBuffer values = Arrays.floats(scopes.held(tensor));
            for (int index = 0; index < values.limit(); index++) {
                double value = values.get(index);
                squares += value * value;
            }
        }
        return Math.sqrt(squares);
    }
}
