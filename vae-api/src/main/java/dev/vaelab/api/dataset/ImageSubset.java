package dev.vaelab.api.dataset;

import dev.vaelab.api.model.ImageShape;
import java.util.Arrays;

/** Some of the images of a data set in an order of their own; a view, which copies no pixels. */
public final class ImageSubset implements ImageSequence {
    private final LabelledImages images;
    private final int[] members;

    /**
     * Views images, which are counted from 0 here too.
     *
     * @param images where the pixels are
     * @param members which of them, in the order of the subset
     * @throws IllegalArgumentException if a member is not among the images
     */
    public ImageSubset(LabelledImages images, int... members) {
        for (int member : members) {
            if (member < 0 || member >= images.count()) {
                throw new IllegalArgumentException("there is no image " + member + " among " + images.count());
            }
        }
        this.images = images;
        this.members = members.clone();
    }

    /**
     * Views images of this subset in another order.
     *
     * @param chosen which images of this subset
     * @throws IndexOutOfBoundsException if one is not among them
     */
    public ImageSubset select(int... chosen) {
        return new ImageSubset(
                images, Arrays.stream(chosen).map(image -> members[image]).toArray());
    }

    /** The same members of other images, such as these in black and white; there are as many. */
    ImageSubset of(LabelledImages others) {
        return new ImageSubset(others, members);
    }

    /** Shape of every image. */
    public ImageShape shape() {
        return images.shape();
    }

    @Override
    public int count() {
        return members.length;
    }

    /** Which of the data set's images an image of the subset is, counted from 0. */
    public int source(int image) {
        return members[image];
    }

    /** The label of an image of the subset. */
    public int label(int image) {
        return images.label(members[image]);
    }

    /** The labels of all images of the subset. */
    public int[] labels() {
        return labels(0, count());
    }

    @Override
    public int[] labels(int from, int count) {
        return Arrays.stream(members, from, from + count).map(images::label).toArray();
    }

    /** The pixels of all images of the subset as floats in [0,1], image after image. */
    public float[] pixels() {
        return pixels(0, count());
    }

    @Override
    public float[] pixels(int from, int count) {
        int size = shape().size();
        float[] pixels = new float[Math.multiplyExact(count, size)];
        for (int image = 0; image < count; image++) {
            copyPixels(from + image, pixels, image * size);
        }
        return pixels;
    }

    /** Writes the pixels of an image of the subset as floats in [0,1] to {@code target}, from {@code offset} on. */
    public void copyPixels(int image, float[] target, int offset) {
        images.copyPixels(members[image], target, offset);
    }
}
