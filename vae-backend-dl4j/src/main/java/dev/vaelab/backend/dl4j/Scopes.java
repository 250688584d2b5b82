package dev.vaelab.backend.dl4j;

import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.backend.dl4j.operation.ArrayPool;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The open scopes of an engine, innermost first, and their arrays; and the arrays that belong to no scope. */
final class Scopes implements AutoCloseable {
    private final ArrayPool pool = new ArrayPool();
    private final Deque<Scope> open = new ArrayDeque<>();
    private final Set<INDArray> lasting = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean closed;

    /**
     * Opens a scope inside the ones that are open.
     *
     * @throws IllegalStateException if the engine is closed
     */
    OperationScope open() {
        requireUsable();
        Scope scope = new Scope();
        open.push(scope);
        return scope;
    }

    /**
     * A new array of the innermost scope, whose values are undefined.
     *
     * @throws IllegalStateException if the engine is closed or no scope is open
     */
    INDArray allocate(long... shape) {
        requireUsable();
        if (open.isEmpty()) {
            throw new IllegalStateException("no scope is open to hold a tensor: open one with openScope()");
        }
        INDArray array = pool.take(shape);
        open.peek().arrays.add(array);
        return array;
    }

    /** See {@link #allocate(long...)}. */
    INDArray allocate(int... shape) {
        return allocate(IntStream.of(shape).asLongStream().toArray());
    }

    /** Takes an array that may be computed with until it is released. */
    INDArray keep(INDArray array) {
        requireUsable();
        lasting.add(array);
        return array;
    }

    /** Frees an array that was kept. A second call does nothing. */
    void release(INDArray array) {
        if (lasting.remove(array)) {
            array.close();
        }
    }

    /**
     * Checks that an array may be computed with.
     *
     * @return the array
     * @throws IllegalStateException if the engine or the array's scope is closed
     */
    INDArray held(INDArray array) {
        requireUsable();
        if (!lasting.contains(array)) {
            for (Scope scope : open) {
                if (scope.arrays.contains(array)) {
                    return array;
                }
            }
            throw new IllegalStateException("a tensor belongs to no open scope of this engine");
        }
        return array;
    }

    private void requireUsable() {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
    }

    /** Closes what is still open and frees what was kept; nothing can be opened afterwards. */
    @Override
    public void close() {
        List.copyOf(open).forEach(Scope::close);
        lasting.forEach(INDArray::close);
        lasting.clear();
        pool.close();
        closed = true;
    }

    private final class Scope implements OperationScope {
        private final Set<INDArray> arrays = Collections.newSetFromMap(new IdentityHashMap<>());

        @Override
        public void close() {
            open.remove(this);
            arrays.forEach(pool::giveBack);
            arrays.clear();
        }
    }
}
