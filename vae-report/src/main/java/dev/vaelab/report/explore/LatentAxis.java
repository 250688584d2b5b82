package dev.vaelab.report.explore;

import dev.vaelab.training.LatentStatistics;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A dimension of the latent space, for a slider.
 *
 * @param index which one, from 0
 * @param kl mean of its KL divergence over images, in nats; null if there are none to measure it on
 * @param active whether its posterior mean depends on the image
 */
record LatentAxis(int index, Double kl, boolean active) {
    /** All dimensions in their order, where nothing is known of them: each may be worth a look. */
    static List<LatentAxis> unmeasured(int latent) {
        return IntStream.range(0, latent)
                .mapToObj(index -> new LatentAxis(index, null, true))
                .toList();
    }

    /** All dimensions, those that tell most about an image first. */
    static List<LatentAxis> mostInformativeFirst(LatentStatistics statistics) {
        return statistics.mostInformativeFirst().stream()
                .map(index -> new LatentAxis(
                        index,
                        statistics.dimensions().get(index).kl(),
                        statistics.dimensions().get(index).active()))
                .toList();
    }
}
