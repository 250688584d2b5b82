package dev.vaelab.backend.dl4j.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

@DisplayName("Blocks")
class BlocksTest {
    @Test
    @DisplayName("change each value of the first arrays once, however long they are, and none of the others")
    void changes() {
        for (int length : new int[] {1, 4095, 4096, 4097, 10_000}) {
            try (INDArray changed = Arrays.constant(1, length);
                    INDArray read = Arrays.constant(2, length)) {
                new Blocks(2, 1).run(List.of(changed, read), (values, count) -> {
                    for (int index = 0; index < count; index++) {
                        values[0][index] += values[1][index];
                        values[1][index] = 0;
                    }
                });
                assertEquals(3.0 * length, sum(changed), "changed of " + length);
                assertEquals(2.0 * length, sum(read), "read of " + length);
            }
        }
    }

    private static double sum(INDArray array) {
        double sum = 0;
        for (float value : Arrays.values(array)) {
            sum += value;
        }
        return sum;
    }
}
