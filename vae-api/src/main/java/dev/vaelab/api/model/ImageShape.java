package dev.vaelab.api.model;

/**
 * The shape of one image, in the order in which its pixels are stored: channels, then rows, then columns.
 *
 * @param channels 1 for grey, 3 for red, green and blue
 * @param height rows
 * @param width columns
 */
public record ImageShape(int channels, int height, int width) {
    /** @throws IllegalArgumentException if a size is not positive */
    public ImageShape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "an image shape needs positive sizes, found " + channels + "x" + height + "x" + width);
        }
    }

    /** Values of one image. */
    public int size() {
        return channels * height * width;
    }

    /** For example {@code 1x28x28}. */
    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
