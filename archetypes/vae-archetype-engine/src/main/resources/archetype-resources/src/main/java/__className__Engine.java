package ${package};

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.tensor.Window;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Arithmetic in float32, with matrix products on all processors. */
final class ${className}Engine implements Engine<Tensor>, TensorOperations<Tensor> {
    @Override public TensorOperations<Tensor> operations() { return this; }

    // Tensors and scopes

    private final Deque<Scope> scopes = new ArrayDeque<>();

    @Override public void close() { List.copyOf(scopes).forEach(Scope::close); }
    @Override public OperationScope openScope() { return new Scope(scopes); }
    @Override public Tensor upload(float[] values, int... shape) { return tensor(values.clone(), shape); }
    @Override public float[] download(Tensor tensor) { return tensor.values().clone(); }
    @Override public int[] shape(Tensor tensor) { return tensor.shape().clone(); }
    @Override public void assign(Tensor variable, Tensor values) { write(variable, values.values()); }
    @Override public void free(Tensor variable) { variable.scope().close(); }
    @Override public Tensor constant(double value, int... shape) { return computed(shape, index -> value); }

    @Override
    public Tensor variable(float[] values, int... shape) {
        return new Tensor(new Scope(new ArrayDeque<>()), values.clone(), shape.clone());
    }

    @Override
    public void write(Tensor variable, float[] values) {
        Shapes.requireFilled(values.length, variable.shape());
        System.arraycopy(values, 0, variable.values(), 0, values.length);
    }

    /** A tensor of the innermost scope, which takes over the values. */
    private Tensor tensor(float[] values, int... shape) {
        if (scopes.isEmpty()) {
            throw new IllegalStateException("operations need an open scope");
        }
        return new Tensor(scopes.peek(), values, shape.clone());
    }

    /** A tensor whose values are computed in float64, one by one, and rounded once. */
    private Tensor computed(int[] shape, IntToDoubleFunction function) {
        float[] values = new float[Shapes.size(shape)];
        for (int index = 0; index < values.length; index++) {
            values[index] = (float) function.applyAsDouble(index);
        }
        return tensor(values, shape);
    }

    // Element by element

    @Override public Tensor add(Tensor left, Tensor right) { return combine(left, right, (a, b) -> a + b); }
    @Override public Tensor subtract(Tensor left, Tensor right) { return combine(left, right, (a, b) -> a - b); }
    @Override public Tensor multiply(Tensor left, Tensor right) { return combine(left, right, (a, b) -> a * b); }
    @Override public Tensor divide(Tensor left, Tensor right) { return combine(left, right, (a, b) -> a / b); }
    @Override public Tensor greater(Tensor left, Tensor right) { return combine(left, right, (a, b) -> a > b ? 1 : 0); }
    @Override public Tensor exp(Tensor tensor) { return map(tensor, Math::exp); }
    @Override public Tensor expm1(Tensor tensor) { return map(tensor, Math::expm1); }
    @Override public Tensor log(Tensor tensor) { return map(tensor, Math::log); }
    @Override public Tensor log1p(Tensor tensor) { return map(tensor, Math::log1p); }
    @Override public Tensor sqrt(Tensor tensor) { return map(tensor, Math::sqrt); }
    @Override public Tensor tanh(Tensor tensor) { return map(tensor, Math::tanh); }
    @Override public Tensor sigmoid(Tensor tensor) { return map(tensor, x -> 1 / (1 + Math.exp(-x))); }
    @Override public Tensor relu(Tensor tensor) { return map(tensor, x -> Math.max(x, 0)); }

    @Override
    public Tensor softplus(Tensor tensor) {
        return map(tensor, x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
    }

    @Override
    public Tensor select(Tensor mask, Tensor chosen, Tensor other) {
        int[] shape = Shapes.broadcast(mask.shape(), Shapes.broadcast(chosen.shape(), other.shape()));
        float[] masks = seen(mask, shape);
        float[] first = seen(chosen, shape);
        float[] second = seen(other, shape);
        return computed(shape, index -> masks[index] != 0 ? first[index] : second[index]);
    }

    private Tensor map(Tensor tensor, DoubleUnaryOperator function) {
        float[] values = tensor.values();
        return computed(tensor.shape(), index -> function.applyAsDouble(values[index]));
    }

    private Tensor combine(Tensor left, Tensor right, DoubleBinaryOperator operator) {
        int[] shape = Shapes.broadcast(left.shape(), right.shape());
        float[] first = seen(left, shape);
        float[] second = seen(right, shape);
        return computed(shape, index -> operator.applyAsDouble(first[index], second[index]));
    }

    /** The values of a tensor that is broadcast to a shape, to be read only. */
    private static float[] seen(Tensor tensor, int... shape) {
        return Arrays.equals(tensor.shape(), shape) ? tensor.values() : View.of(tensor).broadcast(shape).copy();
    }

    // Sums and shapes

    @Override public Tensor sum(Tensor tensor, int... axes) { return reduce(tensor, axes, 0, Double::sum); }
    @Override public Tensor reshape(Tensor tensor, int... shape) { return tensor(tensor.values().clone(), shape); }
    @Override public Tensor transpose(Tensor tensor, int... axes) { return copy(View.of(tensor).transposed(axes)); }
    @Override public Tensor broadcast(Tensor tensor, int... shape) { return copy(View.of(tensor).broadcast(shape)); }

    @Override
    public Tensor max(Tensor tensor, int... axes) {
        return reduce(tensor, axes, Double.NEGATIVE_INFINITY, Math::max);
    }

    @Override
    public Tensor slice(Tensor tensor, int axis, int from, int to) {
        return copy(View.of(tensor).sliced(axis, from, to));
    }

    @Override
    public Tensor concatenate(List<Tensor> tensors, int axis) {
        int[] shape = tensors.get(0).shape().clone();
        shape[axis] = tensors.stream().mapToInt(tensor -> tensor.shape()[axis]).sum();
        View whole = View.zeros(shape);
        int from = 0;
        for (Tensor tensor : tensors) {
            int to = from + tensor.shape()[axis];
            whole.sliced(axis, from, to).set(tensor.values());
            from = to;
        }
        return copy(whole);
    }

    private Tensor copy(View view) { return tensor(view.copy(), view.shape()); }

    /** The axes become the last ones, so that what is added up lies side by side. It is added up in float64. */
    private Tensor reduce(Tensor tensor, int[] axes, double start, DoubleBinaryOperator operator) {
        IntStream kept = IntStream.range(0, tensor.shape().length)
                .filter(axis -> Arrays.stream(axes).noneMatch(reduced -> reduced == axis));
        int[] order = IntStream.concat(kept, Arrays.stream(axes)).toArray();
        float[] values = View.of(tensor).transposed(order).copy();
        int[] shape = Shapes.without(tensor.shape(), axes);
        int length = values.length / Shapes.size(shape);
        return computed(shape, row -> {
            double result = start;
            for (int index = row * length; index < (row + 1) * length; index++) {
                result = operator.applyAsDouble(result, values[index]);
            }
            return result;
        });
    }

    // Matrix product

    @Override
    public Tensor matmul(Tensor left, boolean transposeLeft, Tensor right, boolean transposeRight) {
        Tensor first = transposeLeft ? transpose(left, 1, 0) : left;
        Tensor second = transposeRight ? transpose(right, 1, 0) : right;
        int rows = first.shape()[0];
        int inner = second.shape()[0];
        int columns = second.shape()[1];
        Shapes.requireFilled(first.values().length, rows, inner);
        float[] factors = first.values();
        float[] values = second.values();
        float[] product = new float[rows * columns];
        Workers.forEachRow(rows, row -> {
            for (int index = 0; index < inner; index++) {
                float factor = factors[row * inner + index];
                for (int column = 0; column < columns; column++) {
                    product[row * columns + column] += factor * values[index * columns + column];
                }
            }
        });
        return tensor(product, rows, columns);
    }

    // Convolutions

    @Override
    public Tensor convolve(Tensor input, Tensor weight, Window window) {
        Tensor patches = patches(input, window);
        int[] shape = patches.shape();
        Tensor output = matmul(matrix(patches, 3), false, matrix(weight, 1), true);
        return transpose(reshape(output, shape[0], shape[1], shape[2], weight.shape()[0]), 0, 3, 1, 2);
    }

    @Override
    public Tensor convolveByInput(Tensor gradient, Tensor weight, Window window, int height, int width) {
        Tensor patches = matmul(pixels(gradient), false, matrix(weight, 1), false);
        View padded = padded(window, gradient.shape()[0], weight.shape()[1], height, width);
        padded.windows(window).add(patches.values());
        return copy(inside(padded, window));
    }

    @Override
    public Tensor convolveByWeight(Tensor input, Tensor gradient, Window window) {
        Tensor product = matmul(pixels(gradient), true, matrix(patches(input, window), 3), false);
        return reshape(product, gradient.shape()[1], input.shape()[1], window.kernel(), window.kernel());
    }

    /** What the kernel sees at each position: [images, rows, columns, channels, kernel, kernel]. */
    private Tensor patches(Tensor input, Window window) {
        View padded = padded(window, input.shape());
        inside(padded, window).set(input.values());
        return copy(padded.windows(window));
    }

    /** Zeros, in the shape of images with their padding around. */
    private static View padded(Window window, int... shape) {
        return View.zeros(shape[0], shape[1], window.padded(shape[2]), window.padded(shape[3]));
    }

    /** Images without their padding. */
    private static View inside(View padded, Window window) {
        int margin = window.padding();
        return padded.sliced(2, margin, padded.shape()[2] - margin).sliced(3, margin, padded.shape()[3] - margin);
    }

    /** A matrix of one row for each pixel, and one column for each channel. */
    private Tensor pixels(Tensor images) { return matrix(transpose(images, 0, 2, 3, 1), 3); }

    /** A matrix of one row for each index of the first axes. */
    private Tensor matrix(Tensor tensor, int axes) {
        int rows = Arrays.stream(tensor.shape(), 0, axes).reduce(1, Math::multiplyExact);
        return reshape(tensor, rows, tensor.values().length / rows);
    }
}
