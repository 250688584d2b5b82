package dev.vaelab.training.likelihood;

/**
 * How images and their samples fall into pieces that an engine decodes at once. Either all samples of some images, or, where one
 * image has more samples than that, some samples of one image; so memory does not grow with the number of samples.
 *
 * @param samples of each image, at least one
 * @param rows latents that are decoded at once at most, at least one
 */
record SamplePlan(int samples, int rows) {
    SamplePlan {
        if (samples < 1 || rows < 1) {
            throw new IllegalArgumentException(
                    "a likelihood needs samples and rows, found " + samples + " and " + rows);
        }
    }

    /** Images that are worked on at once. */
    int imagesAtOnce() {
        return Math.max(1, rows / samples);
    }

    /** Pieces into which the samples of an image fall. */
    int pieces() {
        return 1 + (samples - 1) / rows;
    }

    /** Samples of each image in a piece: as equal as can be, since an engine may prepare itself for each size anew. */
    int samplesOf(int piece) {
        return samples / pieces() + (piece < samples % pieces() ? 1 : 0);
    }
}
