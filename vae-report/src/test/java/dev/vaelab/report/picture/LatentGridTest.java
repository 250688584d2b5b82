package dev.vaelab.report.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.training.LatentStatistics;
import dev.vaelab.training.LatentStatistics.Dimension;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Latents for pictures:")
final class LatentGridTest {
    private static final float EXACTLY = 0;

    @Test
    @DisplayName("a line holds both ends, and between them equal steps")
    void line() {
        assertArrayEquals(
                new float[] {1, -2, 2, -1, 3, 0, 4, 1, 5, 2},
                LatentGrid.between(new float[] {1, -2}, new float[] {5, 2}, 5),
                1e-6f);
    }

    @Test
    @DisplayName("a traversal moves one dimension from end to end and leaves the others at 0")
    void traversal() {
        assertArrayEquals(
                new float[] {0, 0, -3, 0, 0, 0, 0, 0, 3, -3, 0, 0, 0, 0, 0, 3, 0, 0},
                LatentGrid.along(3, List.of(2, 0), 3, 3),
                EXACTLY);
    }

    @Test
    @DisplayName(
            "a grid over the plane has the prior's quantiles, the first dimension to the right, the second upwards")
    void quantiles() {
        // The quantiles of 1/6, 1/2 and 5/6, from a table of the normal distribution.
        float outer = 0.967422f;
        assertArrayEquals(
                new float[] {
                    -outer, outer, 0, outer, outer, outer, -outer, 0, 0, 0, outer, 0, -outer, -outer, 0, -outer, outer,
                    -outer
                },
                LatentGrid.quantiles(3),
                1e-6f);
    }

    @Test
    @DisplayName("traversals go along the ten dimensions with the largest KL, the largest first")
    void mostActive() {
        List<Dimension> dimensions = IntStream.range(0, 12)
                .mapToObj(dimension -> new Dimension(dimension == 4 ? 9 : 5 - 0.1 * dimension, 1))
                .toList();
        assertEquals(
                List.of(4, 0, 1, 2, 3, 5, 6, 7, 8, 9), Traversals.dimensions(new LatentStatistics(100, dimensions)));
        assertEquals(List.of(0, 1), Traversals.dimensions(new LatentStatistics(1, dimensions.subList(0, 2))));
    }
}
