package dev.vaelab.report.latent;

import dev.vaelab.training.PosteriorValues;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.stat.projection.PCA;

/**
 * A plane of a latent space.
 *
 * <p>Of a latent space of two dimensions it is all of it. Of a larger one it is the plane of the first two principal
 * components of the posterior means (K. Pearson, 1901): the one in which they are spread most.
 *
 * @param principal whether its axes are principal components; else they are dimensions of the latent space
 * @param origin the latents of the point (0, 0)
 * @param directions the latents by which each axis leads away from the origin: two vectors of length 1, at right angles; in
 *     a space of one dimension the second one is zero
 * @param shares of the variance of the means that each axis holds, from 0 to 1
 */
public record LatentPlane(boolean principal, double[] origin, double[][] directions, double[] shares) {
    private static final int AXES = 2;

    /** The plane for images of these posteriors. One image alone has no principal components. */
    public static LatentPlane of(PosteriorValues posteriors) {
        double[][] means = means(posteriors);
        double[] center = center(means);
        if (posteriors.latent() <= AXES || means.length < 2) {
            double[][] directions = new double[AXES][posteriors.latent()];
            for (int axis = 0; axis < Math.min(AXES, posteriors.latent()); axis++) {
                directions[axis][axis] = 1;
            }
            return of(false, new double[posteriors.latent()], directions, means, center);
        }
        double[][] components = new PCA(AXES).fit(means).getComponents();
        double[][] directions = {pointedUp(components, 0), pointedUp(components, 1)};
        return of(true, center, directions, means, center);
    }

    private static LatentPlane of(
            boolean principal, double[] origin, double[][] directions, double[][] means, double[] center) {
        double total = 0;
        double[] held = new double[AXES];
        for (double[] mean : means) {
            for (int dimension = 0; dimension < center.length; dimension++) {
                total += square(mean[dimension] - center[dimension]);
            }
            for (int axis = 0; axis < AXES; axis++) {
                held[axis] += square(along(directions[axis], mean, center));
            }
        }
        double all = total;
        double[] shares =
                Arrays.stream(held).map(sum -> all > 0 ? sum / all : 0).toArray();
        return new LatentPlane(principal, origin, directions, shares);
    }

    /** What the two axes are, for a person. */
    public List<String> axes() {
        return IntStream.range(0, AXES)
                .mapToObj(axis -> principal
                        ? "principal component " + (axis + 1) + share(shares[axis])
                        : "dimension " + (axis + 1))
                .toList();
    }

    /** Where the posterior mean of each image lies, seen along the other directions: [images][2]. */
    public double[][] points(PosteriorValues posteriors) {
        return Arrays.stream(means(posteriors))
                .map(mean -> new double[] {along(directions[0], mean, origin), along(directions[1], mean, origin)})
                .toArray(double[][]::new);
    }

    private static String share(double share) {
        return share > 0 ? ", " + Math.round(100 * share) + " % of the variance" : "";
    }

    private static double along(double[] direction, double[] mean, double[] origin) {
        double coordinate = 0;
        for (int dimension = 0; dimension < origin.length; dimension++) {
            coordinate += (mean[dimension] - origin[dimension]) * direction[dimension];
        }
        return coordinate;
    }

    private static double square(double value) {
        return value * value;
    }

    /** An eigenvector is as good as its opposite: the one is chosen whose largest entry is positive, for every engine. */
    private static double[] pointedUp(double[][] components, int component) {
        double[] direction =
                Arrays.stream(components).mapToDouble(row -> row[component]).toArray();
        double furthest = 0;
        for (double entry : direction) {
            furthest = Math.abs(entry) > Math.abs(furthest) ? entry : furthest;
        }
        double sign = furthest < 0 ? -1 : 1;
        return Arrays.stream(direction).map(entry -> sign * entry).toArray();
    }

    private static double[] center(double[][] means) {
        double[] center = new double[means[0].length];
        for (double[] mean : means) {
            for (int dimension = 0; dimension < center.length; dimension++) {
                center[dimension] += mean[dimension] / means.length;
            }
        }
        return center;
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
