package dev.vaelab.cli.explore;

import dev.vaelab.api.training.PosteriorValues;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.stat.projection.PCA;

/**
 * A plane of the latent space, and where images lie in it.
 *
 * <p>Of a latent space of two dimensions it is all of it. Of a larger one it is the plane of the first two principal
 * components of the posterior means (K. Pearson, 1901): the one in which they are spread most.
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
    private static final int AXES = 2;
    /** Most of the prior lies within three standard deviations. */
    private static final double LEAST_EXTENT = 3;

    private static final double MARGIN = 1.05;

    /** The map of images; none if the space has a single dimension, or if there is a single image. */
    static Optional<LatentMap> of(PosteriorValues posteriors, int[] labels) {
        if (posteriors.latent() < AXES || posteriors.count() < 2) {
            return Optional.empty();
        }
        double[][] means = means(posteriors);
        return Optional.of(posteriors.latent() == AXES ? wholePlane(means, labels) : principalPlane(means, labels));
    }

    private static LatentMap wholePlane(double[][] means, int[] labels) {
        double[][] directions = {{1, 0}, {0, 1}};
        return of(List.of("dimension 1", "dimension 2"), new double[AXES], directions, means, labels);
    }

    private static LatentMap principalPlane(double[][] means, int[] labels) {
        PCA components = new PCA(AXES).fit(means);
        double total = totalVariance(means, components.getCenter());
        List<String> axes = IntStream.range(0, AXES)
                .mapToObj(axis ->
                        "principal component " + (axis + 1) + share(components.getVariance()[axis], total))
                .toList();
        double[][] directions = new double[AXES][];
        for (int axis = 0; axis < AXES; axis++) {
            directions[axis] = pointedUp(column(components.getComponents(), axis));
        }
        return of(axes, components.getCenter(), directions, means, labels);
    }

    private static LatentMap of(
            List<String> axes, double[] origin, double[][] directions, double[][] means, int[] labels) {
        float[][] points = new float[means.length][AXES];
        double furthest = 0;
        for (int image = 0; image < means.length; image++) {
            for (int axis = 0; axis < AXES; axis++) {
                double coordinate = 0;
                for (int dimension = 0; dimension < origin.length; dimension++) {
                    coordinate += (means[image][dimension] - origin[dimension]) * directions[axis][dimension];
                }
                points[image][axis] = (float) coordinate;
                furthest = Math.max(furthest, Math.abs(coordinate));
            }
        }
        return new LatentMap(
                axes, origin, directions, Math.max(LEAST_EXTENT, MARGIN * furthest), points, labels.clone());
    }

    /** An eigenvector is as good as its opposite: the one is chosen whose largest entry is positive, for every engine. */
    private static double[] pointedUp(double[] component) {
        double furthest = 0;
        for (double entry : component) {
            furthest = Math.abs(entry) > Math.abs(furthest) ? entry : furthest;
        }
        double sign = furthest < 0 ? -1 : 1;
        return IntStream.range(0, component.length)
                .mapToDouble(index -> sign * component[index])
                .toArray();
    }

    private static double[] column(double[][] rows, int column) {
        return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
    }

    private static double totalVariance(double[][] means, double[] center) {
        double sum = 0;
        for (double[] mean : means) {
            for (int dimension = 0; dimension < center.length; dimension++) {
                double away = mean[dimension] - center[dimension];
                sum += away * away;
            }
        }
        return sum / (means.length - 1);
    }

    private static String share(double variance, double total) {
        return total > 0 ? ", " + Math.round(100 * variance / total) + " % of the variance" : "";
    }

    private static double[][] means(PosteriorValues posteriors) {
        double[][] means = new double[posteriors.count()][posteriors.latent()];
        for (int index = 0; index < posteriors.means().length; index++) {
            means[index / posteriors.latent()][index % posteriors.latent()] =
                    posteriors.means()[index];
        }
        return means;
    }
}
