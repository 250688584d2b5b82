package dev.vaelab.backend.dl4j;

import dev.vaelab.backend.dl4j.operation.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A batch of vectors, always in the same array as long as the batch size stays; see {@link ImageBuffer}. */
final class VectorBuffer implements AutoCloseable {
    private INDArray vectors;

    /**
     * Copies a batch into the buffer.
     *
     * @param batch [images, size]
     * @return the buffer, of the same shape
     */
    INDArray fill(INDArray batch) {
        if (vectors == null || vectors.size(0) != batch.size(0)) {
            close();
            vectors = Arrays.uninitialized(batch.shape());
        }
        return vectors.assign(batch);
    }

    @Override
    public void close() {
        if (vectors != null) {
            vectors.close();
            vectors = null;
        }
    }
}
