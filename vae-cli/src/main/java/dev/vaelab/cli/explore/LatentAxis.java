package dev.vaelab.cli.explore;

import dev.vaelab.api.training.LatentStatistics;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

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
        List<LatentStatistics.Dimension> dimensions = statistics.dimensions();
        return IntStream.range(0, dimensions.size())
                .mapToObj(index -> new LatentAxis(
                        index, dimensions.get(index).kl(), dimensions.get(index).active()))
                .sorted(Comparator.comparingDouble(LatentAxis::kl).reversed())
                .toList();
    }
}
