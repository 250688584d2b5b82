package dev.vaelab.backend.dl4j.operation;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

@DisplayName("The array pool")
class ArrayPoolTest {
    @Test
    @DisplayName("hands an array out again for the same shape only")
    void reuse() {
        try (ArrayPool pool = new ArrayPool()) {
            INDArray array = pool.take(2, 3);
            pool.giveBack(array);
            INDArray other = pool.take(3, 2);
            assertNotSame(array, other);
            assertSame(array, pool.take(2, 3));
            pool.giveBack(array);
            pool.giveBack(other);
        }
    }

    @Test
    @DisplayName("frees what it holds when it is closed")
    void close() {
        ArrayPool pool = new ArrayPool();
        INDArray array = pool.take(4);
        pool.giveBack(array);
        pool.close();
        assertTrue(array.wasClosed());
    }

    @Test
    @DisplayName("frees at once what it may not keep")
    void limit() {
        try (ArrayPool pool = new ArrayPool()) {
            INDArray array = pool.take((16L << 20) + 1);
            pool.giveBack(array);
            assertTrue(array.wasClosed());
        }
    }
}
