package dev.vaelab.api.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A stream of normal numbers")
class GaussianStreamTest {
    private final RandomStreams streams = new RandomStreams(42);

    @Test
    @DisplayName("gives the same numbers however many are drawn at a time")
    void independentOfPortions() {
        float[] together = streams.gaussian(10, Purpose.TEST_NOISE);
        GaussianStream stream = streams.openGaussian(Purpose.TEST_NOISE);
        assertArrayEquals(Arrays.copyOfRange(together, 0, 3), stream.draw(3));
        assertArrayEquals(new float[0], stream.draw(0));
        assertArrayEquals(Arrays.copyOfRange(together, 3, 10), stream.draw(7));
    }

    @Test
    @DisplayName("has mean 0 and variance 1")
    void isStandardNormal() {
        float[] values = streams.gaussian(100_000, Purpose.TEST_NOISE);
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
        }
        assertEquals(0, sum / values.length, 0.01);
        assertEquals(1, squares / values.length, 0.015);
    }
}
