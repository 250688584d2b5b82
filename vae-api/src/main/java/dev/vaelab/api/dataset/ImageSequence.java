package dev.vaelab.api.dataset;

/** Images in an order, as a model is shown them: stretch by stretch. */
public interface ImageSequence {
    /** Number of images. */
    int count();

    /**
     * The pixels of a stretch as floats in [0,1], image after image, in an array of its own.
     *
     * @param from the first of the images, counted from 0
     * @param count how many; the stretch ends with the last image at most
     */
    float[] pixels(int from, int count);

    /**
     * The labels of a stretch; none where the images have none, which only models take that are not conditional.
     *
     * @param from the first of the images, counted from 0
     * @param count how many; the stretch ends with the last image at most
     */
    int[] labels(int from, int count);
}
