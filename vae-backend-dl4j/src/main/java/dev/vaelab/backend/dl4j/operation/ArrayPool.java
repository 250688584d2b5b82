package dev.vaelab.backend.dl4j.operation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Keeps the memory of arrays that are no longer used for the next ones of the same size.
 *
 * <p>Every array leaves a few small native objects behind until a garbage collection. They settle in the gap that a freed
 * array leaves, the next array does not fit there any more, and memory would grow with every step.
 */
public final class ArrayPool implements AutoCloseable {
    /** Unused values that are kept at most: 64 MiB. What comes back beyond that is freed. */
    private static final long KEPT_VALUES = 16L << 20;

    private final Map<Long, Deque<INDArray>> unused = new HashMap<>();
    private long unusedValues;

    /** A vector of undefined values; it stays the pool's to take back. */
    public INDArray take(long length) {
        Deque<INDArray> candidates = unused.get(length);
        if (candidates == null || candidates.isEmpty()) {
            return Arrays.uninitialized(length);
        }
        unusedValues -= length;
        return candidates.pop();
    }

    /** Takes a vector back. */
    public void giveBack(INDArray vector) {
        if (unusedValues + vector.length() > KEPT_VALUES) {
            vector.close();
        } else {
            unusedValues += vector.length();
            unused.computeIfAbsent(vector.length(), length -> new ArrayDeque<>())
                    .push(vector);
        }
    }

    /** Frees the unused memory. */
    @Override
    public void close() {
        unused.values().forEach(vectors -> vectors.forEach(INDArray::close));
        unused.clear();
        unusedValues = 0;
    }
}
