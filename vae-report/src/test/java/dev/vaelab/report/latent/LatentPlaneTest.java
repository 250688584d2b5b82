package dev.vaelab.report.latent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.training.PosteriorValues;
import java.util.List;
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

    private static PosteriorValues posteriors(int latent, float... means) {
        return new PosteriorValues(latent, means, new float[means.length]);
    }
}
