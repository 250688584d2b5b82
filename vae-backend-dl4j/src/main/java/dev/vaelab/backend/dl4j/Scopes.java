package dev.vaelab.backend.dl4j;

import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.backend.dl4j.operation.Arrays;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The open scopes of a model, innermost first. What the seams compute belongs to the innermost one. */
final class Scopes implements AutoCloseable {
    private final Deque<Scope> open = new ArrayDeque<>();
    private boolean closed;

    /**
     * Opens a scope inside the ones that are open.
     *
     * @throws IllegalStateException if the model is closed
     */
    TensorScope<INDArray> open() {
        requireUsable();
        Scope scope = new Scope();
        open.push(scope);
        return scope;
    }

    /**
     * Lets the innermost scope own an array: closes it with the scope.
     *
     * @return the array
     * @throws IllegalStateException if the model is closed or no scope is open
     */
    INDArray own(INDArray array) {
        requireUsable();
        Scope scope = open.peek();
        if (scope == null) {
            array.close();
            throw new IllegalStateException("no scope is open to own a tensor: open one with openScope()");
        }
        scope.arrays.add(array);
        return array;
    }

    /** @throws IllegalStateException if the model is closed */
    void requireUsable() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
    }

    /** Closes what is still open; nothing can be opened afterwards. */
    @Override
    public void close() {
        List.copyOf(open).forEach(Scope::close);
        closed = true;
    }

    private final class Scope implements TensorScope<INDArray> {
        private final List<INDArray> arrays = new ArrayList<>();
        private boolean scopeClosed;

        @Override
        public INDArray upload(float[] values, int... shape) {
            requireOpen();
            INDArray array = Arrays.of(
                    values, java.util.Arrays.stream(shape).asLongStream().toArray());
            arrays.add(array);
            return array;
        }

        @Override
        public float[] download(INDArray tensor) {
            requireOpen();
            if (tensor.wasClosed()) {
                throw new IllegalStateException("the scope of this tensor is closed");
            }
            return Arrays.values(tensor);
        }

        @Override
        public void close() {
            if (!scopeClosed) {
                scopeClosed = true;
                open.remove(this);
                arrays.forEach(INDArray::close);
                arrays.clear();
            }
        }

        private void requireOpen() {
            requireUsable();
            if (scopeClosed) {
                throw new IllegalStateException("the scope is closed");
            }
        }
    }
}
