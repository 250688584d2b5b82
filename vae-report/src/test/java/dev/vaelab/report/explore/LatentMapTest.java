package dev.vaelab.report.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.training.PosteriorValues;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The map of the latent space")
final class LatentMapTest {
    @Test
    @DisplayName("is the space itself if that has two dimensions, and reaches as far as the images")
    void twoDimensions() {
        LatentMap map = map(2, new float[] {1, -8, 0, 2}, 5, 6);
        assertEquals(List.of("dimension 1", "dimension 2"), map.axes());
        assertArrayEquals(new double[] {0, 0}, map.origin());
        assertArrayEquals(new double[][] {{1, 0}, {0, 1}}, map.directions());
        assertArrayEquals(new float[][] {{1, -8}, {0, 2}}, map.points());
        assertArrayEquals(new int[] {5, 6}, map.labels());
        assertEquals(8.4, map.extent(), 1e-12);
        assertEquals(3, map(2, new float[] {0.1f, 0, 0, 0}, 0, 0).extent(), 1e-12);
    }

    @Test
    @DisplayName("is the plane of the first two principal components of a larger one, with the share of the variance")
    void principalComponents() {
        // Around (1, 2, 3, 4): 4 along (-1, -1, 0, 0), 2 along the third axis, nothing along the others.
        float a = (float) (4 / Math.sqrt(2));
        float[] means = {1 - a, 2 - a, 3, 4, 1 + a, 2 + a, 3, 4, 1, 2, 5, 4, 1, 2, 1, 4};
        LatentMap map = map(4, means, 0, 1, 2, 3);
        assertArrayEquals(new double[] {1, 2, 3, 4}, map.origin(), 1e-6);
        double diagonal = Math.sqrt(0.5);
        // The signs are those that make the largest entry positive, whatever the library gives.
        assertArrayEquals(new double[] {diagonal, diagonal, 0, 0}, map.directions()[0], 1e-6);
        assertArrayEquals(new double[] {0, 0, 1, 0}, map.directions()[1], 1e-6);
        float[][] expected = {{-4, 0}, {4, 0}, {0, 2}, {0, -2}};
        for (int image = 0; image < expected.length; image++) {
            assertArrayEquals(expected[image], map.points()[image], 1e-5f);
        }
        assertEquals(
                List.of("principal component 1, 80 % of the variance", "principal component 2, 20 % of the variance"),
                map.axes());
    }

    @Test
    @DisplayName("is there too if the model tells nothing about any image")
    void collapsed() {
        LatentMap map = map(3, new float[] {1, 1, 1, 1, 1, 1}, 0, 1);
        assertEquals(List.of("principal component 1", "principal component 2"), map.axes());
        assertArrayEquals(new float[][] {{0, 0}, {0, 0}}, map.points());
        assertEquals(3, map.extent(), 1e-12);
    }

    @Test
    @DisplayName("is missing if there is no plane")
    void none() {
        assertEquals(Optional.empty(), LatentMap.of(posteriors(1, new float[] {1, 2}), new int[2]));
        assertEquals(Optional.empty(), LatentMap.of(posteriors(2, new float[] {1, 2}), new int[1]));
    }

    private static LatentMap map(int latent, float[] means, int... labels) {
        return LatentMap.of(posteriors(latent, means), labels).orElseThrow();
    }

    private static PosteriorValues posteriors(int latent, float[] means) {
        return new PosteriorValues(latent, means, new float[means.length]);
    }
}
