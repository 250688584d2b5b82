package dev.vaelab.api.dataset;

import dev.vaelab.api.model.ImageShape;
import java.util.function.IntSupplier;
import org.apache.commons.rng.UniformRandomProvider;

/** Images with a label each, held as bytes: a quarter of the memory of floats, and converted batch by batch. */
public final class LabelledImages {
    private static final float[] UNIT = unitValues();

    private static final int WHITE = 255;

    private final ImageShape shape;
    private final byte[] pixels;
    private final byte[] labels;

    /**
     * Takes over the arrays.
     *
     * @param shape of every image
     * @param pixels image after image, each in the order of the shape, 0 (black) to 255 as unsigned bytes
     * @param labels one for each image, 0 to 255 as unsigned bytes
     * @throws IllegalArgumentException if the lengths disagree
     */
    public LabelledImages(ImageShape shape, byte[] pixels, byte[] labels) {
        if ((long) labels.length * shape.size() != pixels.length) {
            throw new IllegalArgumentException(labels.length + " images of " + shape + " need "
                    + (long) labels.length * shape.size() + " pixels, found " + pixels.length);
        }
        this.shape = shape;
        this.pixels = pixels;
        this.labels = labels;
    }

    /** Shape of every image. */
    public ImageShape shape() {
        return shape;
    }

    /** Number of images. */
    public int count() {
        return labels.length;
    }

    /** The label of an image. */
    public int label(int image) {
        return Byte.toUnsignedInt(labels[image]);
    }

    /** The largest label; there is at least one image. */
    public int largestLabel() {
        int largest = 0;
        for (byte label : labels) {
            largest = Math.max(largest, Byte.toUnsignedInt(label));
        }
        return largest;
    }

    /** Writes the pixels of an image as floats in [0,1] to {@code target}, from {@code offset} on. */
    public void copyPixels(int image, float[] target, int offset) {
        int size = shape.size();
        int start = image * size;
        for (int index = 0; index < size; index++) {
            target[offset + index] = UNIT[Byte.toUnsignedInt(pixels[start + index])];
        }
    }

    /** The same images in black and white: a pixel is white from half of the largest intensity on. */
    public LabelledImages thresholded() {
        return binarized(() -> WHITE / 2);
    }

    /**
     * The same images in black and white: a pixel is white with its intensity as probability, each drawn in its turn.
     *
     * @param random a stream at its beginning
     */
    public LabelledImages drawn(UniformRandomProvider random) {
        return binarized(() -> random.nextInt(WHITE));
    }

    /** White is what is larger than its limit, 0 to 254. */
    private LabelledImages binarized(IntSupplier limits) {
        byte[] binary = new byte[pixels.length];
        for (int index = 0; index < binary.length; index++) {
            binary[index] = (byte) (Byte.toUnsignedInt(pixels[index]) > limits.getAsInt() ? WHITE : 0);
        }
        return new LabelledImages(shape, binary, labels);
    }

    private static float[] unitValues() {
        float[] values = new float[256];
        for (int value = 0; value < values.length; value++) {
            values[value] = value / (float) WHITE;
        }
        return values;
    }
}
