package dev.vaelab.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.experiment.ColorMode;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The pixels of a picture in memory")
final class PicturePixelsTest {
    /** Red, green and blue of 8 bits each. */
    private static final int ORANGE = 0xff8000;

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_INT_ARGB_PRE,
                BufferedImage.TYPE_INT_BGR,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_4BYTE_ABGR_PRE
            })
    @DisplayName("are red, green and blue planes, whatever the type of the picture")
    void colours(int type) {
        BufferedImage picture = new BufferedImage(2, 1, type);
        picture.setRGB(0, 0, 0xff000000 | ORANGE);
        picture.setRGB(1, 0, 0xff0000ff);
        assertArrayEquals(new float[] {1, 0, 128 / 255f, 0, 0, 1}, PicturePixels.of(picture, ColorMode.RGB), 1e-6f);
    }

    @Test
    @DisplayName("of five and six bits are scaled by what each of them can be")
    void fewBits() {
        BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_565_RGB);
        picture.setRGB(0, 0, 0xffffffff);
        assertArrayEquals(new float[] {1, 1, 1}, PicturePixels.of(picture, ColorMode.RGB));
    }

    @Test
    @DisplayName("of a grey picture are its samples, which no gamma changes")
    void grey() {
        BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setSample(0, 0, 0, 51);
        picture.getRaster().setSample(1, 0, 0, 255);
        assertArrayEquals(new float[] {51 / 255f, 1}, PicturePixels.of(picture, ColorMode.GREY));
    }

    @Test
    @DisplayName("of colours are their luminance where grey is wanted")
    void luminance() {
        BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, ORANGE);
        assertEquals(0.299 + 0.587 * 128 / 255, PicturePixels.of(picture, ColorMode.GREY)[0], 1 / 255.0);
    }

    @Test
    @DisplayName("that are transparent lie over black, multiplied by their alpha or not")
    void transparent() {
        for (int type : new int[] {BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_INT_ARGB_PRE}) {
            BufferedImage picture = new BufferedImage(1, 1, type);
            picture.setRGB(0, 0, 0x80ffffff);
            assertArrayEquals(
                    new float[] {128 / 255f, 128 / 255f, 128 / 255f}, PicturePixels.of(picture, ColorMode.RGB), 1e-2f);
        }
    }

    @Test
    @DisplayName("of black and white are 0 and 1")
    void blackAndWhite() {
        BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
        picture.setRGB(1, 0, 0xffffffff);
        assertArrayEquals(new float[] {0, 1}, PicturePixels.of(picture, ColorMode.GREY));
    }
}
