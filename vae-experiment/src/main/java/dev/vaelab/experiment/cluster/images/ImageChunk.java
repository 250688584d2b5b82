package dev.vaelab.experiment.cluster.images;

import dev.vaelab.api.dataset.ImageSequence;

/**
 * Images that are in memory at once.
 *
 * @param images pixels and labels
 * @param first place of the first one among all images, from 0
 * @param indices what each is called in the table
 */
record ImageChunk(ImageSequence images, long first, long... indices) {
    int count() {
        return indices.length;
    }

    int label(int image) {
        return images.labels(image, 1)[0];
    }
}
