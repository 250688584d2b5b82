package dev.vaelab.backend.dl4j.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.vaelab.backend.dl4j.operation.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

@DisplayName("A layout")
class LayoutTest {
    private static final float[] CANONICAL = {1, 2, 3, 4, 5, 6};

    @Test
    @DisplayName("puts the axes of a tensor into another order inside the engine")
    void write() {
        Layout transposed = new Layout(new long[] {2, 3}, new int[] {1, 0});
        try (INDArray inside = Arrays.zeros(3, 2)) {
            transposed.write(CANONICAL, Arrays.floats(inside));
            assertArrayEquals(new long[] {3, 2}, transposed.inside());
            assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, Arrays.values(inside));
        }
    }

    @Test
    @DisplayName("gives back what it took")
    void roundTrip() {
        Layout layout = new Layout(new long[] {1, 3, 2}, new int[] {2, 0, 1});
        try (INDArray inside = Arrays.zeros(6)) {
            layout.write(CANONICAL, Arrays.floats(inside));
            assertArrayEquals(CANONICAL, layout.read(Arrays.floats(inside)));
        }
    }
}
