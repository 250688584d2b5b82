package dev.vaelab.cli.latent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Principal components")
final class PrincipalComponentsTest {
    /** A rectangle of 10 by 2 in the plane of (3, 4, 0) / 5 and (0, 0, 1), around (1, 1, 1); worked out by hand. */
    private static final float[] RECTANGLE = {
        4, 5, 2,
        4, 5, 0,
        -2, -3, 2,
        -2, -3, 0
    };

    private final PrincipalComponents components = new PrincipalComponents(RECTANGLE, 3);

    @Test
    @DisplayName(
            "are the directions of largest variance, seen from the mean, with the sign of their largest entry positive")
    void coordinates() {
        assertArrayEquals(new double[] {5, 5, -5, -5}, components.coordinates(0), 1e-12);
        assertArrayEquals(new double[] {1, -1, 1, -1}, components.coordinates(1), 1e-12);
        assertArrayEquals(new double[4], components.coordinates(2), 1e-12);
    }

    @Test
    @DisplayName("tell their shares of the variance")
    void shares() {
        assertEquals(25 / 26.0, components.share(0), 1e-12);
        assertEquals(1 / 26.0, components.share(1), 1e-12);
        assertEquals(0, components.share(2), 1e-12);
    }

    @Test
    @DisplayName("of points that do not differ put all of them at the origin and share nothing")
    void noVariance() {
        PrincipalComponents same = new PrincipalComponents(new float[] {2, 2, 2, 2, 2, 2}, 3);
        assertArrayEquals(new double[] {0, 0}, same.coordinates(0));
        assertEquals(0, same.share(0));
    }
}
