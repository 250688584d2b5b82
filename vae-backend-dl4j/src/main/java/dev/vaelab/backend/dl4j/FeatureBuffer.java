package dev.vaelab.backend.dl4j;

import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.RecentlyUsed;
import java.util.List;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A batch of features as the graphs want it, maps with channels last, in the same array for the same batch size: the graphs'
 * operations are bound to it.
 */
final class FeatureBuffer implements AutoCloseable {
    private final long[] each;
    private final ChannelsFirst channelsFirst = new ChannelsFirst();
    private final RecentlyUsed<INDArray> buffers = new RecentlyUsed<>(INDArray::close);

    /**
     * A buffer for features of a shape.
     *
     * @param each [values], or [channels, rows, columns]
     */
    FeatureBuffer(List<Integer> each) {
        long[] shape = each.stream().mapToLong(Integer::longValue).toArray();
        this.each = shape.length == 3 ? new long[] {shape[1], shape[2], shape[0]} : shape;
    }

    /**
     * Copies a batch into the buffer.
     *
     * @param batch [images, values], or [images, channels, rows, columns]
     * @return the buffer: of the same shape, or [images, rows, columns, channels]
     */
    INDArray fill(INDArray batch) {
        long count = batch.size(0);
        INDArray buffer = buffers.get(
                candidate -> candidate.size(0) == count,
                () -> Arrays.uninitialized(LongStream.concat(LongStream.of(count), LongStream.of(each))
                        .toArray()));
        channelsFirst.of(buffer).assign(batch);
        return buffer;
    }

    @Override
    public void close() {
        buffers.close();
    }
}
