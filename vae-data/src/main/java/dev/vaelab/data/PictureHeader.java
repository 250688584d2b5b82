package dev.vaelab.data;

import java.util.List;

/**
 * What a picture says about itself before its pixels.
 *
 * @param height rows
 * @param width columns
 * @param grey whether the picture is stored in grey, or with a palette that has no other colours
 */
record PictureHeader(int height, int width, boolean grey) {
    /** Height and width as {@code dataset.size} has them. */
    List<Integer> sizes() {
        return List.of(height, width);
    }

    /** Height and width in words that cannot be read the wrong way round. */
    String sizeInWords() {
        return height + " high and " + width + " wide";
    }
}
