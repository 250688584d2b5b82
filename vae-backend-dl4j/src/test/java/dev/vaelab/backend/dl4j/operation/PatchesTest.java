package dev.vaelab.backend.dl4j.operation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

@DisplayName("Patches")
class PatchesTest {
    private static final int ROWS = 2;
    private static final int COLUMNS = 4;
    private static final int CHANNELS = 2;

    @Test
    @DisplayName("hold for every second row and column the 4x4 pixels around it, zero outside of the image")
    void rows() {
        float[] values = new float[2 * ROWS * COLUMNS * CHANNELS];
        for (int index = 0; index < values.length; index++) {
            values[index] = index + 1;
        }
        try (INDArray images = Arrays.of(values, 2, ROWS, COLUMNS, CHANNELS);
                Patches patches = new Patches(images)) {
            patches.run();
            assertArrayEquals(
                    new long[] {2 * 1 * 2, 4 * 4 * CHANNELS}, patches.matrix().shape());
            assertArrayEquals(expected(values), Arrays.values(patches.matrix()));
        }
    }

    private static float[] expected(float[] images) {
        float[] expected = new float[2 * 2 * 16 * CHANNELS];
        int index = 0;
        for (int image = 0; image < 2; image++) {
            for (int left = -1; left < COLUMNS - 1; left += 2) {
                for (int row = -1; row < 3; row++) {
                    for (int column = left; column < left + 4; column++) {
                        boolean inside = row >= 0 && row < ROWS && column >= 0 && column < COLUMNS;
                        for (int channel = 0; channel < CHANNELS; channel++) {
                            int place = ((image * ROWS + row) * COLUMNS + column) * CHANNELS + channel;
                            expected[index++] = inside ? images[place] : 0;
                        }
                    }
                }
            }
        }
        return expected;
    }
}
