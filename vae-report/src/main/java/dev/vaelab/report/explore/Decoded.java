package dev.vaelab.report.explore;

import dev.vaelab.training.Pair;
import java.util.List;

/**
 * What engines make of one vector of latents.
 *
 * @param images an image of each engine: pixels as unsigned bytes in the order of the image's shape
 * @param differences one for each pair of engines, in the order of {@link Pair#ofAll}; none if there is one engine
 */
record Decoded(List<byte[]> images, List<Difference> differences) {
    static Decoded of(List<float[]> pixels) {
        return new Decoded(
                pixels.stream().map(Levels::of).toList(),
                Pair.ofAll(pixels).stream()
                        .map(pair -> Difference.of(pair.first(), pair.second()))
                        .toList());
    }
}
