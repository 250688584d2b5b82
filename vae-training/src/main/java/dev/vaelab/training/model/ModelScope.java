package dev.vaelab.training.model;

import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorOperations;

/**
 * A stretch of work of a model: a scope of its engine that watches that it is open.
 *
 * @param <T> the engine's tensor
 */
final class ModelScope<T> implements TensorScope<T> {
    private final TensorOperations<T> operations;
    private final OperationScope scope;
    private boolean closed;

    ModelScope(TensorOperations<T> operations, OperationScope scope) {
        this.operations = operations;
        this.scope = scope;
    }

    @Override
    public T upload(float[] values, int... shape) {
        requireOpen();
        Shapes.requireFilled(values.length, shape);
        return operations.upload(values, shape);
    }

    @Override
    public float[] download(T tensor) {
        requireOpen();
        return operations.download(tensor);
    }

    @Override
    public void close() {
        closed = true;
        scope.close();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the tensor scope is closed");
        }
    }
}
