package dev.vaelab.testkit;

import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.tensor.Window;
import java.util.List;

/** Does what other operations do, except for what a subclass spoils. Compositions are those of the interface. */
abstract class DelegatingOperations<T> implements TensorOperations<T> {
    private final TensorOperations<T> delegate;

    DelegatingOperations(TensorOperations<T> delegate) {
        this.delegate = delegate;
    }

    final TensorOperations<T> delegate() {
        return delegate;
    }

    @Override
    public OperationScope openScope() {
        return delegate.openScope();
    }

    @Override
    public T upload(float[] values, int... shape) {
        return delegate.upload(values, shape);
    }

    @Override
    public float[] download(T tensor) {
        return delegate.download(tensor);
    }

    @Override
    public int[] shape(T tensor) {
        return delegate.shape(tensor);
    }

    @Override
    public T variable(float[] values, int... shape) {
        return delegate.variable(values, shape);
    }

    @Override
    public void write(T variable, float[] values) {
        delegate.write(variable, values);
    }

    @Override
    public void assign(T variable, T values) {
        delegate.assign(variable, values);
    }

    @Override
    public void free(T variable) {
        delegate.free(variable);
    }

    @Override
    public T constant(double value, int... shape) {
        return delegate.constant(value, shape);
    }

    @Override
    public T add(T left, T right) {
        return delegate.add(left, right);
    }

    @Override
    public T subtract(T left, T right) {
        return delegate.subtract(left, right);
    }

    @Override
    public T multiply(T left, T right) {
        return delegate.multiply(left, right);
    }

    @Override
    public T divide(T left, T right) {
        return delegate.divide(left, right);
    }

    @Override
    public T greater(T left, T right) {
        return delegate.greater(left, right);
    }

    @Override
    public T select(T mask, T chosen, T other) {
        return delegate.select(mask, chosen, other);
    }

    @Override
    public T exp(T tensor) {
        return delegate.exp(tensor);
    }

    @Override
    public T expm1(T tensor) {
        return delegate.expm1(tensor);
    }

    @Override
    public T log(T tensor) {
        return delegate.log(tensor);
    }

    @Override
    public T log1p(T tensor) {
        return delegate.log1p(tensor);
    }

    @Override
    public T sqrt(T tensor) {
        return delegate.sqrt(tensor);
    }

    @Override
    public T tanh(T tensor) {
        return delegate.tanh(tensor);
    }

    @Override
    public T sigmoid(T tensor) {
        return delegate.sigmoid(tensor);
    }

    @Override
    public T softplus(T tensor) {
        return delegate.softplus(tensor);
    }

    @Override
    public T relu(T tensor) {
        return delegate.relu(tensor);
    }

    @Override
    public T sum(T tensor, int... axes) {
        return delegate.sum(tensor, axes);
    }

    @Override
    public T max(T tensor, int... axes) {
        return delegate.max(tensor, axes);
    }

    @Override
    public T matmul(T left, boolean transposeLeft, T right, boolean transposeRight) {
        return delegate.matmul(left, transposeLeft, right, transposeRight);
    }

    @Override
    public T reshape(T tensor, int... shape) {
        return delegate.reshape(tensor, shape);
    }

    @Override
    public T transpose(T tensor, int... axes) {
        return delegate.transpose(tensor, axes);
    }

    @Override
    public T broadcast(T tensor, int... shape) {
        return delegate.broadcast(tensor, shape);
    }

    @Override
    public T concatenate(List<T> tensors, int axis) {
        return delegate.concatenate(tensors, axis);
    }

    @Override
    public T slice(T tensor, int axis, int from, int to) {
        return delegate.slice(tensor, axis, from, to);
    }

    @Override
    public T convolve(T input, T weight, Window window) {
        return delegate.convolve(input, weight, window);
    }

    @Override
    public T convolveByInput(T gradient, T weight, Window window, int height, int width) {
        return delegate.convolveByInput(gradient, weight, window, height, width);
    }

    @Override
    public T convolveByWeight(T input, T gradient, Window window) {
        return delegate.convolveByWeight(input, gradient, window);
    }
}
