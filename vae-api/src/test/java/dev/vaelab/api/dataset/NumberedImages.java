package dev.vaelab.api.dataset;

import dev.vaelab.api.model.ImageShape;
import java.util.stream.IntStream;

/** Images of 1x1x2 that show their own number, so that tests can tell which image went where. */
final class NumberedImages {
    private NumberedImages() {}

    /** Images 0 to count - 1; the label is the number modulo 10. */
    static LabelledImages of(int count) {
        byte[] pixels = new byte[2 * count];
        byte[] labels = new byte[count];
        for (int image = 0; image < count; image++) {
            pixels[2 * image] = (byte) (image / 256);
            pixels[2 * image + 1] = (byte) (image % 256);
            labels[image] = (byte) (image % 10);
        }
        return new LabelledImages(new ImageShape(1, 1, 2), pixels, labels);
    }

    /** All of as many images, in their order. */
    static ImageSubset all(int count) {
        return new ImageSubset(of(count), IntStream.range(0, count).toArray());
    }

    /** The numbers that the images of a subset show. */
    static int[] numbers(ImageSubset images) {
        float[] pixels = new float[2 * images.count()];
        for (int image = 0; image < images.count(); image++) {
            images.copyPixels(image, pixels, 2 * image);
        }
        return numbers(pixels);
    }

    /** The numbers that pixels of images one after the other show. */
    static int[] numbers(float[] pixels) {
        int[] numbers = new int[pixels.length / 2];
        for (int image = 0; image < numbers.length; image++) {
            numbers[image] = 256 * Math.round(255 * pixels[2 * image]) + Math.round(255 * pixels[2 * image + 1]);
        }
        return numbers;
    }
}
