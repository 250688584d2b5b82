package dev.vaelab.report.latent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.training.PosteriorValues;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A plane of the latent space")
final class LatentPlaneTest {
    /** A rectangle of 10 by 2 in the plane of (3, 4, 0) / 5 and (0, 0, 1), around (1, 1, 1); worked out by hand. */
    private static final PosteriorValues RECTANGLE = posteriors(3, 4, 5, 2, 4, 5, 0, -2, -3, 2, -2, -3, 0);

    @Test
    @DisplayName("leads through the mean along the directions of largest variance, the largest entry of each positive")
    void principalComponents() {
        LatentPlane plane = LatentPlane.of(RECTANGLE);
        assertTrue(plane.principal());
        assertArrayEquals(new double[] {1, 1, 1}, plane.origin(), 1e-12);
        assertArrayEquals(new double[] {0.6, 0.8, 0}, plane.directions()[0], 1e-12);
        assertArrayEquals(new double[] {0, 0, 1}, plane.directions()[1], 1e-12);
        double[][] expected = {{5, 1}, {5, -1}, {-5, 1}, {-5, -1}};
        double[][] points = plane.points(RECTANGLE);
        for (int point = 0; point < expected.length; point++) {
            assertArrayEquals(expected[point], points[point], 1e-12);
        }
    }

    @Test
    @DisplayName("tells how much of the variance its axes hold")
    void shares() {
        LatentPlane plane = LatentPlane.of(RECTANGLE);
        assertArrayEquals(new double[] {25 / 26.0, 1 / 26.0}, plane.shares(), 1e-12);
        assertEquals(
                List.of("principal component 1, 96 % of the variance", "principal component 2, 4 % of the variance"),
                plane.axes());
    }

    @Test
    @DisplayName("is the space itself if that has two dimensions, and a line if it has one")
    void small() {
        PosteriorValues two = posteriors(2, 4, 5, 2, -1);
        assertFalse(LatentPlane.of(two).principal());
        assertArrayEquals(new double[] {2, -1}, LatentPlane.of(two).points(two)[1]);
        PosteriorValues one = posteriors(1, 4, 5);
        assertArrayEquals(new double[] {5, 0}, LatentPlane.of(one).points(one)[1]);
    }

    @Test
    @DisplayName("of images that lie in one place, or of a single one, is a plane all the same")
    void noVariance() {
        PosteriorValues same = posteriors(3, 2, 2, 2, 2, 2, 2);
        assertArrayEquals(new double[] {0, 0}, LatentPlane.of(same).points(same)[1]);
        assertArrayEquals(new double[] {0, 0}, LatentPlane.of(same).shares());
        PosteriorValues single = posteriors(3, 2, 3, 4);
        assertArrayEquals(new double[] {2, 3}, LatentPlane.of(single).points(single)[0]);
    }

    @Test
    @DisplayName(
            "has an answer where dimensions outnumber images, and it holds all the variance that two directions can")
    void moreDimensionsThanImages() {
        requirePlane(random(512, 64, 1, 3), 1e-9);
    }

    @Test
    @DisplayName("has an answer where means hardly vary, or vary in a few directions only")
    void hardlyVarying() {
        requirePlane(random(200, 300, 1e-7f, 3), 1e-6);
        requirePlane(random(200, 2000, 1e-30f, 1), 1e-6);
        requirePlane(random(40, 33, 1e30f, 2), 1e-6);
    }

    /** A spectrum that falls, as that of a trained model does. */
    @Test
    @DisplayName("of many images of many dimensions is that of the two strongest directions")
    void many() {
        SplittableRandom random = new SplittableRandom(7);
        float[] means = new float[600 * 100];
        for (int index = 0; index < means.length; index++) {
            means[index] = (float) ((random.nextDouble() - 0.5) / (1 + index % 100));
        }
        PosteriorValues posteriors = new PosteriorValues(100, means, new float[means.length]);
        LatentPlane plane = LatentPlane.of(posteriors);
        requireOrthonormal(plane);
        assertEquals(1, plane.directions()[0][0], 0.01);
        assertEquals(1, plane.directions()[1][1], 0.01);
        assertTrue(plane.shares()[0] > plane.shares()[1]);
    }

    @Test
    @DisplayName("of images that vary in one direction only has a second axis at right angles to it")
    void oneDirection() {
        LatentPlane plane = LatentPlane.of(posteriors(3, 1, 2, 2, -1, -2, -2));
        requireOrthonormal(plane);
        assertArrayEquals(new double[] {1 / 3.0, 2 / 3.0, 2 / 3.0}, plane.directions()[0], 1e-12);
        assertArrayEquals(new double[] {1, 0}, plane.shares(), 1e-12);
    }

    @Test
    @DisplayName("of equal means that no double holds exactly is the plane of the first two dimensions")
    void equalMeans() {
        LatentPlane plane = LatentPlane.of(posteriors(3, 0.1f, 0.7f, -0.3f, 0.1f, 0.7f, -0.3f, 0.1f, 0.7f, -0.3f));
        assertArrayEquals(new double[] {1, 0, 0}, plane.directions()[0]);
        assertArrayEquals(new double[] {0, 1, 0}, plane.directions()[1]);
        assertArrayEquals(new double[] {0, 0}, plane.shares());
    }

    @Test
    @DisplayName("does not exist where a mean is no finite number")
    void notFinite() {
        PosteriorValues infinite = posteriors(3, 1, 2, 3, 4, Float.POSITIVE_INFINITY, 6);
        assertFalse(LatentPlane.isDefined(infinite));
        assertThrows(IllegalArgumentException.class, () -> LatentPlane.of(infinite));
    }

    /** Means that lie in a few directions, of which two hold nearly all. */
    private static PosteriorValues random(int latent, int images, float scale, int rank) {
        SplittableRandom random = new SplittableRandom(5);
        double[][] axes = new double[rank][latent];
        for (double[] axis : axes) {
            Arrays.setAll(axis, unused -> random.nextDouble() - 0.5);
        }
        float[] means = new float[images * latent];
        for (int image = 0; image < images; image++) {
            for (int axis = 0; axis < rank; axis++) {
                double weight = scale * (random.nextDouble() - 0.5) / (axis < 2 ? 1 + axis : 1e4);
                for (int dimension = 0; dimension < latent; dimension++) {
                    means[image * latent + dimension] += (float) (weight * axes[axis][dimension]);
                }
            }
        }
        return new PosteriorValues(latent, means, new float[means.length]);
    }

    private static void requirePlane(PosteriorValues posteriors, double lost) {
        LatentPlane plane = LatentPlane.of(posteriors);
        requireOrthonormal(plane);
        assertEquals(1, plane.shares()[0] + plane.shares()[1], lost);
        for (double[] direction : plane.directions()) {
            double furthest = Arrays.stream(direction)
                    .boxed()
                    .max(Comparator.comparing(Math::abs))
                    .orElseThrow();
            assertTrue(furthest > 0, "the largest entry is positive");
        }
    }

    private static void requireOrthonormal(LatentPlane plane) {
        double[] products = new double[3];
        for (int dimension = 0; dimension < plane.origin().length; dimension++) {
            double first = plane.directions()[0][dimension];
            double second = plane.directions()[1][dimension];
            products[0] += first * first;
            products[1] += second * second;
            products[2] += first * second;
        }
        assertArrayEquals(new double[] {1, 1, 0}, products, 1e-9);
    }

    private static PosteriorValues posteriors(int latent, float... means) {
        return new PosteriorValues(latent, means, new float[means.length]);
    }
}
