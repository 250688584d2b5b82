package dev.vaelab.report.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The difference of two engines' images")
final class DifferenceTest {
    @Test
    @DisplayName("is drawn from black for none to white for the largest, in either direction")
    void scaled() {
        Difference difference = Difference.of(new float[] {0.5f, 0.25f, 1}, new float[] {0.5f, 0.5f, 0.5f});
        assertEquals(0.5f, difference.largest());
        assertArrayEquals(new byte[] {0, (byte) 128, (byte) 255}, difference.pixels());
    }

    @Test
    @DisplayName("of equal images is black")
    void none() {
        Difference difference = Difference.of(new float[] {0.5f, 1}, new float[] {0.5f, 1});
        assertEquals(0f, difference.largest());
        assertArrayEquals(new byte[2], difference.pixels());
    }

    @Test
    @DisplayName("is not a number if one of the engines computes none")
    void notANumber() {
        Difference difference = Difference.of(new float[] {0, Float.NaN, 1}, new float[] {1, 0, 1});
        assertEquals(Float.NaN, difference.largest());
    }
}
