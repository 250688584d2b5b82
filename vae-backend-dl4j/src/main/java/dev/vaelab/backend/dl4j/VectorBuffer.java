package dev.vaelab.backend.dl4j;

import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.RecentlyUsed;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A batch of vectors, in the same array for the same batch size; see {@link ImageBuffer}. */
final class VectorBuffer implements AutoCloseable {
    private final RecentlyUsed<INDArray> buffers = new RecentlyUsed<>(INDArray::close);

    /**
     * Copies a batch into the buffer.
     *
     * @param batch [images, size]
     * @return the buffer, of the same shape
     */
    INDArray fill(INDArray batch) {
        return buffers.get(buffer -> buffer.equalShapes(batch), () -> Arrays.uninitialized(batch.shape()))
                .assign(batch);
    }

    @Override
    public void close() {
        buffers.close();
    }
}
