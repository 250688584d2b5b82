package dev.vaelab.backend.reference;

import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.tensor.Window;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** The operations in float64: formulas as they stand, without a thought for speed but in the matrix product. */
final class ReferenceOperations implements TensorOperations<DoubleTensor> {
    /** A scope with nothing to free: the garbage collector takes what nobody refers to. */
    @Override
    public OperationScope openScope() {
        return () -> {};
    }

    @Override
    public DoubleTensor upload(float[] values, int... shape) {
        return DoubleTensor.of(values, shape);
    }

    @Override
    public float[] download(DoubleTensor tensor) {
        return tensor.toFloats();
    }

    @Override
    public int[] shape(DoubleTensor tensor) {
        return tensor.shape().clone();
    }

    @Override
    public DoubleTensor variable(float[] values, int... shape) {
        return DoubleTensor.of(values, shape);
    }

    @Override
    public void write(DoubleTensor variable, float[] values) {
        assign(variable, DoubleTensor.of(values, variable.shape()));
    }

    @Override
    public void assign(DoubleTensor variable, DoubleTensor values) {
        Shapes.requireFilled(values.values().length, variable.shape());
        System.arraycopy(values.values(), 0, variable.values(), 0, values.values().length);
    }

    @Override
    public void free(DoubleTensor variable) {}

    @Override
    public DoubleTensor constant(double value, int... shape) {
        return DoubleTensor.filled(value, shape);
    }

    @Override
    public DoubleTensor add(DoubleTensor left, DoubleTensor right) {
        return combine(left, right, Double::sum);
    }

    @Override
    public DoubleTensor subtract(DoubleTensor left, DoubleTensor right) {
        return combine(left, right, (first, second) -> first - second);
    }

    @Override
    public DoubleTensor multiply(DoubleTensor left, DoubleTensor right) {
        return combine(left, right, (first, second) -> first * second);
    }

    @Override
    public DoubleTensor divide(DoubleTensor left, DoubleTensor right) {
        return combine(left, right, (first, second) -> first / second);
    }

    @Override
    public DoubleTensor greater(DoubleTensor left, DoubleTensor right) {
        return combine(left, right, (first, second) -> first > second ? 1 : 0);
    }

    private static DoubleTensor combine(DoubleTensor left, DoubleTensor right, DoubleBinaryOperator operator) {
        int[] shape = Shapes.broadcast(left.shape(), right.shape());
        double[] first = seen(left, shape);
        double[] second = seen(right, shape);
        double[] results = new double[first.length];
        for (int index = 0; index < results.length; index++) {
            results[index] = operator.applyAsDouble(first[index], second[index]);
        }
        return new DoubleTensor(shape, results);
    }

    /** The values of a tensor that is broadcast to a shape. */
    private static double[] seen(DoubleTensor tensor, int[] shape) {
        return Arrays.equals(tensor.shape(), shape)
                ? tensor.values()
                : picked(tensor, shape, Strides.broadcast(tensor.shape(), shape), 0);
    }

    private static double[] picked(DoubleTensor tensor, int[] shape, int[] strides, int from) {
        int[] places = Strides.places(from, shape, strides);
        double[] picked = new double[places.length];
        for (int index = 0; index < picked.length; index++) {
            picked[index] = tensor.values()[places[index]];
        }
        return picked;
    }

    @Override
    public DoubleTensor select(DoubleTensor mask, DoubleTensor chosen, DoubleTensor other) {
        int[] shape = Shapes.broadcast(mask.shape(), Shapes.broadcast(chosen.shape(), other.shape()));
        double[] masks = seen(mask, shape);
        double[] first = seen(chosen, shape);
        double[] second = seen(other, shape);
        double[] results = new double[masks.length];
        for (int index = 0; index < results.length; index++) {
            results[index] = masks[index] != 0 ? first[index] : second[index];
        }
        return new DoubleTensor(shape, results);
    }

    @Override
    public DoubleTensor exp(DoubleTensor tensor) {
        return tensor.map(Math::exp);
    }

    @Override
    public DoubleTensor expm1(DoubleTensor tensor) {
        return tensor.map(Math::expm1);
    }

    @Override
    public DoubleTensor log(DoubleTensor tensor) {
        return tensor.map(Math::log);
    }

    @Override
    public DoubleTensor log1p(DoubleTensor tensor) {
        return tensor.map(Math::log1p);
    }

    @Override
    public DoubleTensor sqrt(DoubleTensor tensor) {
        return tensor.map(Math::sqrt);
    }

    @Override
    public DoubleTensor tanh(DoubleTensor tensor) {
        return tensor.map(Math::tanh);
    }

    @Override
    public DoubleTensor sigmoid(DoubleTensor tensor) {
        return tensor.map(value -> 1 / (1 + Math.exp(-value)));
    }

    @Override
    public DoubleTensor softplus(DoubleTensor tensor) {
        return tensor.map(value -> Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value))));
    }

    @Override
    public DoubleTensor relu(DoubleTensor tensor) {
        return tensor.map(value -> Math.max(value, 0));
    }

    @Override
    public DoubleTensor sum(DoubleTensor tensor, int... axes) {
        return reduce(tensor, axes, 0, Double::sum);
    }

    @Override
    public DoubleTensor max(DoubleTensor tensor, int... axes) {
        return reduce(tensor, axes, Double.NEGATIVE_INFINITY, Math::max);
    }

    private static DoubleTensor reduce(DoubleTensor tensor, int[] axes, double start, DoubleBinaryOperator operator) {
        int[] kept = Shapes.kept(tensor.shape(), axes);
        double[] results = new double[Shapes.size(kept)];
        Arrays.fill(results, start);
        int[] places = Strides.places(0, tensor.shape(), Strides.broadcast(kept, tensor.shape()));
        for (int index = 0; index < places.length; index++) {
            results[places[index]] = operator.applyAsDouble(results[places[index]], tensor.values()[index]);
        }
        return new DoubleTensor(Shapes.without(tensor.shape(), axes), results);
    }

    @Override
    public DoubleTensor matmul(DoubleTensor left, boolean transposeLeft, DoubleTensor right, boolean transposeRight) {
        Matrix product = matrix(left, transposeLeft).times(matrix(right, transposeRight));
        return new DoubleTensor(new int[] {product.rows(), product.columns()}, product.values());
    }

    private static Matrix matrix(DoubleTensor tensor, boolean transposed) {
        Matrix matrix = new Matrix(tensor.shape()[0], tensor.shape()[1], tensor.values());
        return transposed ? matrix.transposed() : matrix;
    }

    @Override
    public DoubleTensor reshape(DoubleTensor tensor, int... shape) {
        return tensor.reshaped(shape);
    }

    @Override
    public DoubleTensor transpose(DoubleTensor tensor, int... axes) {
        int[] strides = Strides.of(tensor.shape());
        int[] shape = Arrays.stream(axes).map(axis -> tensor.shape()[axis]).toArray();
        int[] seen = Arrays.stream(axes).map(axis -> strides[axis]).toArray();
        return new DoubleTensor(shape, picked(tensor, shape, seen, 0));
    }

    @Override
    public DoubleTensor broadcast(DoubleTensor tensor, int... shape) {
        Shapes.broadcast(tensor.shape(), shape);
        return new DoubleTensor(shape.clone(), seen(tensor, shape));
    }

    @Override
    public DoubleTensor concatenate(List<DoubleTensor> tensors, int axis) {
        int[] shape = tensors.get(0).shape().clone();
        shape[axis] = tensors.stream().mapToInt(tensor -> tensor.shape()[axis]).sum();
        int[] strides = Strides.of(shape);
        double[] values = new double[Shapes.size(shape)];
        int from = 0;
        for (DoubleTensor tensor : tensors) {
            int[] places = Strides.places(from * strides[axis], tensor.shape(), strides);
            for (int index = 0; index < places.length; index++) {
                values[places[index]] = tensor.values()[index];
            }
            from += tensor.shape()[axis];
        }
        return new DoubleTensor(shape, values);
    }

    @Override
    public DoubleTensor slice(DoubleTensor tensor, int axis, int from, int to) {
        int[] strides = Strides.of(tensor.shape());
        int[] shape = tensor.shape().clone();
        shape[axis] = to - from;
        return new DoubleTensor(shape, picked(tensor, shape, strides, from * strides[axis]));
    }

    /** The product of the weight, as a matrix [out, in * kernel * kernel], with the patches of the input. */
    @Override
    public DoubleTensor convolve(DoubleTensor input, DoubleTensor weight, Window window) {
        Patches patches = patches(window, input.shape());
        Matrix output = kernels(weight).times(patches.unfold(input.values()));
        int[] planes = {weight.shape()[0], input.shape()[0], patches.rows(), patches.columns()};
        return transpose(new DoubleTensor(planes, output.values()), 1, 0, 2, 3);
    }

    /** The transposed product, added up into images. */
    @Override
    public DoubleTensor convolveByInput(
            DoubleTensor gradient, DoubleTensor weight, Window window, int height, int width) {
        Patches patches = patches(window, gradient.shape()[0], weight.shape()[1], height, width);
        return patches.fold(kernels(weight).transposed().times(planes(gradient)));
    }

    @Override
    public DoubleTensor convolveByWeight(DoubleTensor input, DoubleTensor gradient, Window window) {
        Patches patches = patches(window, input.shape());
        Matrix product = planes(gradient).times(patches.unfold(input.values()).transposed());
        int[] shape = {gradient.shape()[1], input.shape()[1], window.kernel(), window.kernel()};
        return new DoubleTensor(shape, product.values());
    }

    private static Patches patches(Window window, int... shape) {
        return new Patches(window, shape[0], shape[1], shape[2], shape[3]);
    }

    private static Matrix kernels(DoubleTensor weight) {
        int out = weight.shape()[0];
        return new Matrix(out, weight.values().length / out, weight.values());
    }

    /** From [images, channels, rows, columns] to a matrix of one row for each channel. */
    private Matrix planes(DoubleTensor images) {
        DoubleTensor planes = transpose(images, 1, 0, 2, 3);
        int channels = planes.shape()[0];
        return new Matrix(channels, planes.values().length / channels, planes.values());
    }
}
