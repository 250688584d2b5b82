package dev.vaelab.experiment;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.ImageArray;
import dev.vaelab.api.dataset.ImageSequence;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.experiment.picture.ImagePicture;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * Images as a model takes and gives them, each perhaps with a label. {@link TrainedModel} makes them: of arrays, of pictures, of its data
 * set, and by decoding.
 *
 * <p>The values of an image are in the order of its shape, channels, then rows, then columns; 0 is black and 1 is white. Images are
 * counted from 0. Immutable.
 */
public final class Images {
    private static final int[] NO_LABELS = {};

    private final ImageShape shape;
    private final float[] pixels;
    private final int[] labels;

    /** Takes over the arrays. */
    Images(ImageShape shape, float[] pixels, int... labels) {
        this.shape = shape;
        this.pixels = pixels;
        this.labels = labels;
    }

    /** The shape of each image. */
    public ImageShape shape() {
        return shape;
    }

    /** Number of images. */
    public int count() {
        return pixels.length / shape.size();
    }

    /** The values of all images, [images][{@link ImageShape#size()}]; a copy. */
    public float[][] pixels() {
        float[][] each = new float[count()][];
        for (int image = 0; image < each.length; image++) {
            each[image] = pixels(image);
        }
        return each;
    }

    /**
     * The values of one image; a copy.
     *
     * @throws IndexOutOfBoundsException if there is no such image
     */
    public float[] pixels(int image) {
        int from = requireImage(image) * shape.size();
        return Arrays.copyOfRange(pixels, from, from + shape.size());
    }

    /** The label of each image, in a copy; empty where the images have none. */
    public int[] labels() {
        return labels.clone();
    }

    /**
     * The same images with other labels, for a class-conditional model.
     *
     * @param others one for each image, or one for all of them
     * @throws InvalidInputException if there are neither one nor as many
     */
    public Images labelled(int... others) {
        if (others.length != count() && others.length != 1) {
            throw new InvalidInputException(Problem.of(
                    "labels",
                    others.length + " for " + count() + (count() == 1 ? " image" : " images"),
                    "one for each image, or one for all"));
        }
        int[] ofEach = others.clone();
        if (others.length != count()) {
            ofEach = new int[count()];
            Arrays.fill(ofEach, others[0]);
        }
        return new Images(shape, pixels, ofEach);
    }

    /**
     * Some of the images, in an order of their own.
     *
     * @param chosen which of these images
     * @throws IndexOutOfBoundsException if there is no such image
     */
    public Images select(int... chosen) {
        float[] some = new float[Math.multiplyExact(chosen.length, shape.size())];
        for (int image = 0; image < chosen.length; image++) {
            System.arraycopy(
                    pixels, requireImage(chosen[image]) * shape.size(), some, image * shape.size(), shape.size());
        }
        int[] theirs = labels.length == 0
                ? NO_LABELS
                : Arrays.stream(chosen).map(image -> labels[image]).toArray();
        return new Images(shape, some, theirs);
    }

    /**
     * One image as a picture of its own size: grey or, of three channels, RGB.
     *
     * @throws IndexOutOfBoundsException if there is no such image
     */
    public BufferedImage picture(int image) {
        return ImagePicture.of(shape, pixels, requireImage(image), 1);
    }

    /**
     * All images in one picture, in reading order; small ones are enlarged so that single pixels can be seen.
     *
     * @param columns images of a row
     * @throws InvalidInputException if there is no image, or no column
     */
    public BufferedImage grid(int columns) {
        if (columns < 1 || count() < 1) {
            throw new InvalidInputException(Problem.of(
                    "a picture of images",
                    count() + (count() == 1 ? " image" : " images") + " in rows of " + columns,
                    "at least one image in a row"));
        }
        return ImagePicture.grid(shape, pixels, columns);
    }

    /** As what is asked stretch by stretch. */
    ImageSequence sequence() {
        return new ImageArray(shape.size(), pixels, labels);
    }

    private int requireImage(int image) {
        if (image < 0 || image >= count()) {
            throw new IndexOutOfBoundsException("there is no image " + image + " among " + count());
        }
        return image;
    }
}
