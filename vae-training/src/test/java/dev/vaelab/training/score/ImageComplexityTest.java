package dev.vaelab.training.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.dataset.ImageArray;
import dev.vaelab.api.model.ImageShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The complexity of an image")
final class ImageComplexityTest {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    @DisplayName(
            "is of rows that are PNG's: readers of PNG get the pixels back, in grey and in colour, by every filter")
    void isPng(int channels) throws IOException {
        ImageShape shape = new ImageShape(channels, 40, 24);
        float[] pixels = picture(shape);
        byte[] rows = ImageComplexity.filtered(shape, pixels, 1);
        int length = 1 + shape.width() * channels;
        long filters = IntStream.range(0, shape.height())
                .map(row -> rows[row * length])
                .distinct()
                .count();
        assertTrue(filters >= 4, filters + " filters");
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(png(shape, rows)));
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                for (int channel = 0; channel < channels; channel++) {
                    float pixel = pixels[shape.size() + (channel * shape.height() + y) * shape.width() + x];
                    assertEquals(Math.round(255 * pixel), read.getRaster().getSample(x, y, channel));
                }
            }
        }
    }

    @Test
    @DisplayName("is the length of a PNG file but for what all have alike")
    void length() throws IOException {
        ImageShape shape = new ImageShape(1, 40, 24);
        float[] pixels = picture(shape);
        long[] bits = ImageComplexity.of(new ImageArray(shape.size(), pixels), shape, 1, count -> {});
        int first = png(shape, ImageComplexity.filtered(shape, pixels, 0)).length;
        int second = png(shape, ImageComplexity.filtered(shape, pixels, 1)).length;
        assertEquals(8L * (first - second), bits[0] - bits[1]);
    }

    @Test
    @DisplayName(
            "grows with what is in the image, does not depend on the images beside it, and rounds pixels to 8 bits")
    void grows() {
        ImageShape shape = new ImageShape(1, 28, 28);
        Random random = new Random(1);
        float[] pixels = new float[3 * shape.size()];
        for (int index = 0; index < shape.size(); index++) {
            pixels[shape.size() + index] = index % 28 * 9 / 255f;
            pixels[2 * shape.size() + index] = random.nextInt(256) / 255f;
        }
        long[] bits = ImageComplexity.of(new ImageArray(shape.size(), pixels), shape, 2, count -> {});
        assertTrue(0 < bits[0] && bits[0] < bits[1] && bits[1] < bits[2], Arrays.toString(bits));
        // Noise of 8 bits cannot be compressed, and costs no more than a few bytes beyond its own.
        assertEquals(8.0 * shape.size(), bits[2], 0.1 * 8 * shape.size());
        for (int index = 0; index < pixels.length; index++) {
            pixels[index] += 0.3f / 255;
        }
        assertArrayEquals(bits, ImageComplexity.of(new ImageArray(shape.size(), pixels), shape, 3, count -> {}));
    }

    /** A picture and another: smooth and rough pieces, so that rows are best filtered in different ways. */
    private static float[] picture(ImageShape shape) {
        Random random = new Random(3);
        float[] pixels = new float[2 * shape.size()];
        for (int index = 0; index < pixels.length; index++) {
            int x = index % shape.width();
            int y = index / shape.width() % shape.height();
            int value = switch (y / 8) {
                case 0 -> 7 * x;
                case 1 -> 9 * x * x + 40 * (y % 2);
                case 2 -> 5 * x + 6 * y + random.nextInt(3);
                case 3 -> x % 7 == 0 ? 200 : 0;
                default -> random.nextInt(256);
            };
            pixels[index] = value % 256 / 255f;
        }
        return pixels;
    }

    private static byte[] png(ImageShape shape, byte[] rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(SIGNATURE);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeInt(shape.width());
        fields.writeInt(shape.height());
        fields.write(new byte[] {8, (byte) (shape.channels() == 1 ? 0 : 2), 0, 0, 0});
        chunk(bytes, "IHDR", header.toByteArray());
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream stream =
                new DeflaterOutputStream(deflated, new Deflater(Deflater.BEST_COMPRESSION))) {
            stream.write(rows);
        }
        chunk(bytes, "IDAT", deflated.toByteArray());
        chunk(bytes, "IEND", new byte[0]);
        return bytes.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream bytes, String kind, byte[] content) throws IOException {
        DataOutputStream stream = new DataOutputStream(bytes);
        byte[] name = kind.getBytes(StandardCharsets.US_ASCII);
        stream.writeInt(content.length);
        stream.write(name);
        stream.write(content);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(content);
        stream.writeInt((int) checksum.getValue());
    }
}
