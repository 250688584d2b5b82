package dev.vaelab.report.explore;

import dev.vaelab.training.LatentStatistics;
import java.util.List;

/**
 * A dimension of the latent space, for a slider.
 *
 * @param index which one, from 0
 * @param kl mean of its KL divergence over the images of the map, in nats
 * @param active whether its posterior mean depends on the image
 */
record LatentAxis(int index, double kl, boolean active) {
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
