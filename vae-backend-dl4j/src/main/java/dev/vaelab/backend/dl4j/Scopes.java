package dev.vaelab.backend.dl4j;

import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.backend.dl4j.operation.ArrayPool;
import dev.vaelab.backend.dl4j.operation.Arrays;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The open scopes of a model, innermost first, and their arrays. What the seams compute belongs to the innermost. */
final class Scopes implements AutoCloseable {
    private final ArrayPool pool = new ArrayPool();
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
     * A new array of the innermost scope, whose values are undefined.
     *
     * @throws IllegalStateException if the model is closed or no scope is open
     */
    INDArray allocate(long... shape) {
        requireUsable();
        if (open.isEmpty()) {
            throw new IllegalStateException("no scope is open to hold a tensor: open one with openScope()");
        }
        return open.peek().allocate(shape);
    }

    /** A copy that belongs to the innermost scope. */
    INDArray copy(INDArray array) {
        return allocate(array.shape()).assign(array);
    }

    /** @throws IllegalStateException if the model is closed */
    void requireUsable() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
    }

    /**
     * Checks that an array is a batch of things of a shape and belongs to an open scope.
     *
     * @param what what the array holds, for the message
     * @param each shape of one thing
     * @throws IllegalStateException if the model or the array's scope is closed
     * @throws IllegalArgumentException if the shape is another one
     */
    void requireBatch(String what, INDArray array, long... each) {
        requireHeld(what, array);
        long[] found = array.shape();
        if (found.length != each.length + 1 || !java.util.Arrays.equals(found, 1, found.length, each, 0, each.length)) {
            throw new IllegalArgumentException(what + " need the shape [images, "
                    + java.util.Arrays.toString(each).substring(1) + ", found " + java.util.Arrays.toString(found));
        }
    }

    private void requireHeld(String what, INDArray array) {
        requireUsable();
        if (open.stream().noneMatch(scope -> scope.arrays.contains(array))) {
            throw new IllegalStateException(what + " belong to no open scope of this model");
        }
    }

    /** Closes what is still open; nothing can be opened afterwards. */
    @Override
    public void close() {
        List.copyOf(open).forEach(Scope::close);
        pool.close();
        closed = true;
    }

    private final class Scope implements TensorScope<INDArray> {
        private final Set<INDArray> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        private boolean scopeClosed;

        INDArray allocate(long... shape) {
            INDArray array = pool.take(shape);
            arrays.add(array);
            return array;
        }

        @Override
        public INDArray upload(float[] values, int... shape) {
            requireOpen();
            int size = IntStream.of(shape).reduce(1, Math::multiplyExact);
            if (size != values.length) {
                throw new IllegalArgumentException("shape " + java.util.Arrays.toString(shape) + " needs " + size
                        + " values, found " + values.length);
            }
            INDArray array = allocate(IntStream.of(shape).asLongStream().toArray());
            Arrays.floats(array).put(values);
            return array;
        }

        @Override
        public float[] download(INDArray tensor) {
            requireOpen();
            requireHeld("values to download", tensor);
            return Arrays.values(tensor);
        }

        @Override
        public void close() {
            if (!scopeClosed) {
                scopeClosed = true;
                open.remove(this);
                arrays.forEach(pool::giveBack);
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
