package dev.vaelab.report.latent;

import dev.vaelab.training.PosteriorValues;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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

    /** Means are float32, which differ by more or not at all. */
    private static final double ROUNDING = 1e-12;

    /**
     * The plane for images of these posteriors. One image alone has no principal components. Where the means vary in no
     * direction at all, dimensions stand in for components, and all points are (0, 0).
     *
     * @throws IllegalArgumentException if a mean is no finite number
     */
    public static LatentPlane of(PosteriorValues posteriors) {
        if (!isDefined(posteriors)) {
            throw new IllegalArgumentException("the posterior means of the images are not all finite numbers");
        }
        double[][] means = means(posteriors);
        double[] center = center(means);
        if (posteriors.latent() <= AXES || means.length < 2) {
            double[][] directions = new double[AXES][posteriors.latent()];
            for (int axis = 0; axis < Math.min(AXES, posteriors.latent()); axis++) {
                directions[axis][axis] = 1;
            }
            return of(false, new double[posteriors.latent()], directions, centered(means, center));
        }
        double[][] centered = centered(means, center);
        return of(true, center, PrincipalAxes.of(centered, AXES), centered);
    }

    private static LatentPlane of(boolean principal, double[] origin, double[][] directions, double[][] centered) {
        double total = 0;
        double[] held = new double[AXES];
        for (double[] mean : centered) {
            for (double entry : mean) {
                total += entry * entry;
            }
            for (int axis = 0; axis < AXES; axis++) {
                double coordinate = along(directions[axis], mean, new double[mean.length]);
                held[axis] += coordinate * coordinate;
            }
        }
        double all = total;
        double[] shares =
                Arrays.stream(held).map(sum -> all > 0 ? sum / all : 0).toArray();
        return new LatentPlane(principal, origin, directions, shares);
    }

    /** Whether images of these posteriors have a plane: their means are finite. */
    public static boolean isDefined(PosteriorValues posteriors) {
        for (float mean : posteriors.means()) {
            if (!Float.isFinite(mean)) {
                return false;
            }
        }
        return true;
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

    /** What is left of the means without their center; the rounding of a center is no variance. */
    private static double[][] centered(double[][] means, double[] center) {
        double[][] centered = new double[means.length][center.length];
        for (int image = 0; image < means.length; image++) {
            for (int dimension = 0; dimension < center.length; dimension++) {
                double difference = means[image][dimension] - center[dimension];
                boolean rounding = Math.abs(difference) <= ROUNDING * Math.abs(center[dimension]);
                centered[image][dimension] = rounding ? 0 : difference;
            }
        }
        return centered;
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
