package dev.vaelab.backend.dl4j.operation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Keeps arrays that are no longer used for the next ones of the same shape.
 *
 * <p>Every array leaves a few small native objects behind until a garbage collection. They settle in the gap that a freed
 * array leaves, the next array does not fit there any more, and memory would grow with every step.
 */
public final class ArrayPool implements AutoCloseable {
    /** Unused values that are kept at most: 64 MiB. What comes back beyond that is freed. */
    private static final long KEPT_VALUES = 16L << 20;

    private final Map<List<Long>, Deque<INDArray>> unused = new HashMap<>();
    private long unusedValues;

    /** An array of undefined values; it stays the pool's to take back. */
    public INDArray take(long... shape) {
        Deque<INDArray> candidates = unused.get(key(shape));
        if (candidates == null || candidates.isEmpty()) {
            return Arrays.uninitialized(shape);
        }
        INDArray array = candidates.pop();
        unusedValues -= array.length();
        return array;
    }

    /** Takes an array back. */
    public void giveBack(INDArray array) {
        if (unusedValues + array.length() > KEPT_VALUES) {
            array.close();
        } else {
            unusedValues += array.length();
            unused.computeIfAbsent(key(array.shape()), shape -> new ArrayDeque<>())
                    .push(array);
        }
    }

    /** Frees the unused arrays. */
    @Override
    public void close() {
        unused.values().forEach(arrays -> arrays.forEach(INDArray::close));
        unused.clear();
        unusedValues = 0;
    }

    private static List<Long> key(long[] shape) {
        return LongStream.of(shape).boxed().toList();
    }
}
