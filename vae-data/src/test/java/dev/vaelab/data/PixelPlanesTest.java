package dev.vaelab.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.experiment.ColorMode;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The pixels of a picture")
class PixelPlanesTest {
    @TempDir
    private Path path;

    @Nested
    @DisplayName("stored in grey")
    class Grey {
        @Test
        @DisplayName("are the stored values, not what Java makes of them for a screen")
        void storedValues() throws IOException {
            BufferedImage picture = Pictures.pattern(5, 7);
            int[] expected = picture.getRaster().getPixels(0, 0, 7, 5, (int[]) null);
            assertArrayEquals(new int[][] {expected}, planes(picture, ColorMode.GREY));
        }

        @Test
        @DisplayName("are the same in all three channels if RGB is wanted")
        void asRgb() throws IOException {
            assertArrayEquals(new int[][] {{200}, {200}, {200}}, planes(Pictures.grey(1, 1, 200), ColorMode.RGB));
        }

        @Test
        @DisplayName("of 16 bits are rounded to 8")
        void sixteenBits() throws IOException {
            BufferedImage picture = new BufferedImage(5, 1, BufferedImage.TYPE_USHORT_GRAY);
            picture.getRaster().setPixels(0, 0, 5, 1, new int[] {0, 128, 129, 100 * 257, 65535});
            assertArrayEquals(new int[][] {{0, 0, 1, 100, 255}}, planes(picture, ColorMode.GREY));
        }

        @Test
        @DisplayName("are laid over black where they are transparent")
        void transparent() throws IOException {
            BufferedImage picture = picture(ColorSpace.CS_GRAY, true, DataBuffer.TYPE_BYTE);
            picture.getRaster().setPixel(0, 0, new int[] {200, 255});
            picture.getRaster().setPixel(1, 0, new int[] {200, 51});
            picture.getRaster().setPixel(2, 0, new int[] {200, 0});
            assertArrayEquals(new int[][] {{200, 40, 0}}, planes(picture, ColorMode.GREY));
        }
    }

    @Nested
    @DisplayName("stored in RGB")
    class Rgb {
        @Test
        @DisplayName("are one plane for red, one for green and one for blue")
        void storedValues() throws IOException {
            BufferedImage picture = Pictures.rgb(1, 2, 10, 20, 30);
            picture.getRaster().setPixel(1, 0, new int[] {40, 50, 60});
            assertArrayEquals(new int[][] {{10, 40}, {20, 50}, {30, 60}}, planes(picture, ColorMode.RGB));
        }

        @Test
        @DisplayName("are weighted by how bright they look if grey is wanted")
        void luminance() throws IOException {
            assertArrayEquals(new int[][] {{76}}, planes(Pictures.rgb(1, 1, 255, 0, 0), ColorMode.GREY));
            assertArrayEquals(new int[][] {{150}}, planes(Pictures.rgb(1, 1, 0, 255, 0), ColorMode.GREY));
            assertArrayEquals(new int[][] {{29}}, planes(Pictures.rgb(1, 1, 0, 0, 255), ColorMode.GREY));
            assertArrayEquals(new int[][] {{255}}, planes(Pictures.rgb(1, 1, 255, 255, 255), ColorMode.GREY));
        }

        @Test
        @DisplayName("of 16 bits with transparency are laid over black and rounded to 8")
        void sixteenBitsTransparent() throws IOException {
            BufferedImage picture = picture(ColorSpace.CS_sRGB, true, DataBuffer.TYPE_USHORT);
            picture.getRaster().setPixel(0, 0, new int[] {65535, 257, 0, 65535});
            picture.getRaster().setPixel(1, 0, new int[] {65535, 100 * 257, 0, 32768});
            picture.getRaster().setPixel(2, 0, new int[] {65535, 65535, 65535, 0});
            assertArrayEquals(new int[][] {{255, 128, 0}, {1, 50, 0}, {0, 0, 0}}, planes(picture, ColorMode.RGB));
        }
    }

    @Nested
    @DisplayName("stored with a palette")
    class Palette {
        @Test
        @DisplayName("are the colours of the palette, over black where these are transparent")
        void colors() throws IOException {
            byte[] reds = {10, 20, 100};
            byte[] greens = {30, 40, 100};
            byte[] blues = {50, 60, 100};
            byte[] alphas = {(byte) 255, (byte) 255, 51};
            BufferedImage picture = new BufferedImage(
                    3, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 3, reds, greens, blues, alphas));
            picture.getRaster().setPixels(0, 0, 3, 1, new int[] {1, 0, 2});
            assertArrayEquals(new int[][] {{20, 10, 20}, {40, 30, 20}, {60, 50, 20}}, planes(picture, ColorMode.RGB));
        }

        @Test
        @DisplayName("of black and white are 0 and 255")
        void oneBit() throws IOException {
            BufferedImage picture = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY);
            picture.getRaster().setPixels(0, 0, 3, 1, new int[] {1, 0, 1});
            assertArrayEquals(new int[][] {{255, 0, 255}}, planes(picture, ColorMode.GREY));
        }
    }

    @Test
    @DisplayName("of a JPEG file are near those that were stored")
    void jpeg() throws IOException {
        for (int[] plane : planes(Pictures.jpeg(Pictures.grey(8, 8, 100)), ColorMode.RGB)) {
            for (int value : plane) {
                assertEquals(100, value, 1);
            }
        }
        int[][] planes = planes(Pictures.jpeg(Pictures.rgb(8, 8, 200, 100, 50)), ColorMode.RGB);
        assertEquals(200, planes[0][0], 3);
        assertEquals(100, planes[1][0], 3);
        assertEquals(50, planes[2][0], 3);
    }

    private static BufferedImage picture(int colorSpace, boolean alpha, int type) {
        ColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(colorSpace),
                alpha,
                false,
                alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                type);
        return new BufferedImage(colors, colors.createCompatibleWritableRaster(3, 1), false, null);
    }

    private int[][] planes(BufferedImage picture, ColorMode color) throws IOException {
        return planes(Pictures.png(picture), color);
    }

    /** Goes by way of a file, since what Java reads is not always of the type that it wrote. */
    private int[][] planes(byte[] content, ColorMode color) throws IOException {
        Path file = Files.write(path.resolve("picture"), content);
        PictureReader reader = new PictureReader(new PictureFile(file, PictureName.of(Path.of("picture")), 0));
        return Arrays.stream(PixelPlanes.of(reader.decode(content), color).planes())
                .map(PixelPlanesTest::unsigned)
                .toArray(int[][]::new);
    }

    private static int[] unsigned(byte[] plane) {
        int[] values = new int[plane.length];
        for (int index = 0; index < plane.length; index++) {
            values[index] = Byte.toUnsignedInt(plane[index]);
        }
        return values;
    }
}
