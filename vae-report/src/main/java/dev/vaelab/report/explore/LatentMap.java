package dev.vaelab.report.explore;

import dev.vaelab.report.latent.LatentPlane;
import dev.vaelab.training.PosteriorValues;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A {@linkplain LatentPlane plane} of the latent space, and where images lie in it.
 *
 * @param axes what the two axes are, for a person
 * @param origin the latents of the point (0, 0)
 * @param directions the latents by which each axis leads away from the origin: two vectors of length 1, at right angles
 * @param extent a map from {@code -extent} to {@code extent} on both axes shows all images
 * @param points where the posterior mean of each image lies, seen along the other directions: [images][2]
 * @param labels the label of each image
 */
record LatentMap(
        List<String> axes, double[] origin, double[][] directions, double extent, float[][] points, int[] labels) {
    /** Most of the prior lies within three standard deviations. */
    private static final double LEAST_EXTENT = 3;

    private static final double MARGIN = 1.05;

    /**
     * The map of images; none if the space has a single dimension, if there is a single image, or if a posterior mean is no
     * finite number.
     */
    static Optional<LatentMap> of(PosteriorValues posteriors, int[] labels) {
        if (posteriors.latent() < 2 || posteriors.count() < 2 || !LatentPlane.isDefined(posteriors)) {
            return Optional.empty();
        }
        LatentPlane plane = LatentPlane.of(posteriors);
        double[][] points = plane.points(posteriors);
        double furthest = Arrays.stream(points)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElse(0);
        return Optional.of(new LatentMap(
                plane.axes(),
                plane.origin(),
                plane.directions(),
                Math.max(LEAST_EXTENT, MARGIN * furthest),
                Arrays.stream(points)
                        .map(point -> new float[] {(float) point[0], (float) point[1]})
                        .toArray(float[][]::new),
                labels.clone()));
    }
}
