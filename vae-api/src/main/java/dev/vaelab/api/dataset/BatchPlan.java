package dev.vaelab.api.dataset;

import dev.vaelab.api.backend.Batch;
import java.util.function.IntFunction;

/**
 * How images, in their order, fall into batches.
 *
 * @param images images to serve, at least one
 * @param batchSize images of every batch but the last, at least one
 * @param latent dimensions of the latent space, at least one
 */
record BatchPlan(ImageSequence images, int batchSize, int latent) {
    BatchPlan {
        if (images.count() < 1 || batchSize < 1 || latent < 1) {
            throw new IllegalArgumentException("batches need images, a batch size and latent dimensions, found "
                    + images.count() + ", " + batchSize + " and " + latent);
        }
    }

    /** Number of batches; the last one holds what is left over. */
    int count() {
        return 1 + (images.count() - 1) / batchSize;
    }

    /**
     * Prepares a batch in arrays of its own.
     *
     * @param index number of the batch, from 0
     * @param noise gives as many values of noise as it is asked for
     */
    Batch prepare(int index, IntFunction<float[]> noise) {
        int start = Math.multiplyExact(index, batchSize);
        int count = Math.min(batchSize, images.count() - start);
        return new Batch(
                count,
                images.pixels(start, count),
                noise.apply(Math.multiplyExact(count, latent)),
                images.labels(start, count));
    }
}
