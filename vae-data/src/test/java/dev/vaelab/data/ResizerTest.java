package dev.vaelab.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.experiment.ColorMode;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Resizing a plane of pixels")
class ResizerTest {
    @Test
    @DisplayName("to its own size changes nothing")
    void sameSize() {
        byte[] plane = pattern(9, 12);
        assertArrayEquals(plane, resize(plane, 9, 12, 9, 12));
    }

    @Test
    @DisplayName("of one shade gives that shade, whatever the sizes")
    void oneShade() {
        for (int shade : new int[] {0, 1, 127, 254, 255}) {
            byte[] plane = new byte[7 * 31];
            Arrays.fill(plane, (byte) shade);
            byte[] expected = new byte[5 * 64];
            Arrays.fill(expected, (byte) shade);
            assertArrayEquals(expected, resize(plane, 7, 31, 5, 64));
        }
    }

    @Test
    @DisplayName("to a single pixel takes every pixel into account, those in the middle most")
    void singlePixel() {
        byte[] plane = {0, (byte) 240, 0, 0};
        assertEquals(240 * 7 / 24, Byte.toUnsignedInt(resize(plane, 1, 4, 1, 1)[0]));
    }

    /** From {@code Image.resize(size, Image.BILINEAR)} of Pillow 12.3.0, which also rounds between rows and columns. */
    @Test
    @DisplayName("gives what Pillow gives, but for one step of rounding")
    void asPillow() {
        assertNear(
                resize(pattern(9, 12), 9, 12, 4, 5),
                83,
                146,
                131,
                93,
                148,
                157,
                120,
                123,
                156,
                119,
                106,
                145,
                122,
                108,
                152,
                176,
                107,
                123,
                135,
                105);
        assertNear(
                resize(pattern(2, 3), 2, 3, 5, 6),
                0,
                9,
                28,
                46,
                65,
                74,
                6,
                15,
                34,
                52,
                71,
                80,
                30,
                39,
                58,
                76,
                95,
                104,
                53,
                62,
                81,
                99,
                118,
                127,
                59,
                68,
                87,
                105,
                124,
                133);
        assertNear(resize(pattern(2, 40), 2, 40, 4, 3), 107, 118, 122, 114, 124, 123, 127, 135, 125, 133, 141, 126);
    }

    private static void assertNear(byte[] found, int... expected) {
        assertEquals(expected.length, found.length);
        for (int index = 0; index < expected.length; index++) {
            assertEquals(expected[index], Byte.toUnsignedInt(found[index]), 1, "pixel " + index);
        }
    }

    private static byte[] pattern(int height, int width) {
        return PixelPlanes.of(Pictures.pattern(height, width), ColorMode.GREY).planes()[0];
    }

    private static byte[] resize(byte[] plane, int oldHeight, int oldWidth, int newHeight, int newWidth) {
        byte[] target = new byte[1 + newHeight * newWidth];
        new Resizer(oldHeight, oldWidth, newHeight, newWidth).resize(plane, target, 1);
        return Arrays.copyOfRange(target, 1, target.length);
    }
}
