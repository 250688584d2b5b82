package dev.vaelab.backend.dl4j.operation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

@DisplayName("A reduction")
class ReductionTest {
    @Test
    @DisplayName("drops any axes and keeps the order of the others")
    void axes() {
        require(Reduction.SUM, new float[] {3, 12}, new int[] {1}, 2);
        require(Reduction.SUM, new float[] {3, 5, 7}, new int[] {0}, 3);
        require(Reduction.SUM, new float[] {15}, new int[] {0, 1});
        require(Reduction.SUM, new float[] {0, 1, 2, 3, 4, 5}, new int[0], 2, 3);
        require(Reduction.MAXIMUM, new float[] {2, 5}, new int[] {1}, 2);
        require(Reduction.MAXIMUM, new float[] {3, 4, 5}, new int[] {0}, 3);
    }

    private static void require(Reduction reduction, float[] expected, int[] axes, long... left) {
        try (INDArray array = Arrays.of(new float[] {0, 1, 2, 3, 4, 5}, 2, 3);
                INDArray result = Arrays.uninitialized(left)) {
            assertArrayEquals(expected, Arrays.values(reduction.apply(array, axes, result)));
        }
    }

    @Test
    @DisplayName("of NaN is NaN")
    void notANumber() {
        try (INDArray array = Arrays.of(new float[] {1, Float.NaN, 2}, 3);
                INDArray result = Arrays.uninitialized()) {
            for (Reduction reduction : Reduction.values()) {
                assertArrayEquals(
                        new float[] {Float.NaN}, Arrays.values(reduction.apply(array, new int[] {0}, result)));
            }
        }
    }
}
