package dev.vaelab.report.explore;

import java.util.List;

/**
 * What engines make of one vector of latents.
 *
 * @param images an image of each engine: pixels as unsigned bytes in the order of the image's shape
 * @param difference between the two; null if there is one engine
 */
record Decoded(List<byte[]> images, Difference difference) {
    static Decoded of(List<float[]> pixels) {
        return new Decoded(
                pixels.stream().map(Levels::of).toList(),
                pixels.size() < 2 ? null : Difference.of(pixels.get(0), pixels.get(1)));
    }
}
