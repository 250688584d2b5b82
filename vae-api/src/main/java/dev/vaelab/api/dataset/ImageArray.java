package dev.vaelab.api.dataset;

import java.util.Arrays;

/** Images that are there as floats already. */
public final class ImageArray implements ImageSequence {
    private final int size;
    private final float[] pixels;
    private final int[] labels;

    /**
     * Takes over the arrays.
     *
     * @param size values of an image, at least one
     * @param pixels in [0,1], image after image
     * @param labels one for each image, or none
     * @throws IllegalArgumentException if the lengths disagree
     */
    public ImageArray(int size, float[] pixels, int... labels) {
        if (size < 1 || pixels.length % size != 0) {
            throw new IllegalArgumentException("images of " + size + " values, found " + pixels.length + " values");
        }
        if (labels.length != 0 && labels.length != pixels.length / size) {
            throw new IllegalArgumentException(
                    pixels.length / size + " images have a label each or none, found " + labels.length);
        }
        this.size = size;
        this.pixels = pixels;
        this.labels = labels;
    }

    @Override
    public int count() {
        return pixels.length / size;
    }

    @Override
    public float[] pixels(int from, int count) {
        return Arrays.copyOfRange(pixels, from * size, (from + count) * size);
    }

    @Override
    public int[] labels(int from, int count) {
        return labels.length == 0 ? labels : Arrays.copyOfRange(labels, from, from + count);
    }
}
