package dev.vaelab.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.experiment.ColorMode;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The reader of pictures")
class PictureReaderTest {
    @TempDir
    private Path path;

    private Path file;

    private PictureReader reader;

    @BeforeEach
    void createReader() {
        file = path.resolve("picture.png");
        reader = new PictureReader(new PictureFile(file, PictureName.of(Path.of("picture.png")), 0));
    }

    @Nested
    @DisplayName("knows before it reads the pixels")
    class Header {
        @Test
        @DisplayName("the size")
        void size() throws IOException {
            assertEquals(new PictureHeader(3, 5, true), header(Pictures.png(Pictures.grey(3, 5, 9))));
            assertEquals(new PictureHeader(6, 4, false), header(Pictures.jpeg(Pictures.rgb(6, 4, 1, 2, 3))));
        }

        @Test
        @DisplayName("whether a picture is stored in grey")
        void grey() throws IOException {
            assertTrue(header(Pictures.jpeg(Pictures.grey(8, 8, 9))).grey());
            assertTrue(header(Pictures.png(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_BINARY)))
                    .grey());
            assertFalse(header(Pictures.png(Pictures.rgb(1, 1, 9, 9, 9))).grey());
        }

        @Test
        @DisplayName("whether a palette has grey in it only")
        void greyPalette() throws IOException {
            byte[] shades = {10, 20, 30, 40};
            byte[] others = {10, 20, 30, 41};
            assertTrue(header(palette(shades, shades, shades)).grey());
            assertFalse(header(palette(shades, shades, others)).grey());
            assertFalse(header(palette(shades, others, shades)).grey());
        }

        private byte[] palette(byte[] reds, byte[] greens, byte[] blues) throws IOException {
            return Pictures.png(new BufferedImage(
                    1, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 4, reds, greens, blues)));
        }

        private PictureHeader header(byte[] content) throws IOException {
            Files.write(file, content);
            return reader.readHeader();
        }
    }

    @Nested
    @DisplayName("goes by the content")
    class Content {
        @Test
        @DisplayName("and not by the name")
        void notByName() throws IOException {
            byte[] jpeg = Pictures.jpeg(Pictures.grey(8, 8, 9));
            Files.write(file, jpeg);
            assertEquals(8, reader.readHeader().height());
            assertEquals(8, reader.decode(jpeg).getHeight());
        }

        @Test
        @DisplayName("and refuses other formats")
        void otherFormats() throws IOException {
            String expected =
                    ": found neither PNG nor JPEG data, expected a picture in one of these formats; convert it,"
                            + " or remove it";
            assertProblem(expected, Pictures.encoded(Pictures.grey(8, 8, 9), "gif"));
            assertProblem(expected, "404: Not Found".getBytes(StandardCharsets.UTF_8));
            assertProblem(expected, new byte[] {(byte) 0x89});
        }

        @Test
        @DisplayName("and refuses none")
        void empty() throws IOException {
            assertProblem(": found an empty file, expected a picture; copy the file again, or remove it", new byte[0]);
        }
    }

    @Nested
    @DisplayName("refuses")
    class Refused {
        @Test
        @DisplayName("a PNG file that ends too early")
        void truncatedPng() throws IOException {
            byte[] whole = Pictures.png(Pictures.pattern(40, 30));
            assertProblem(
                    ": found PNG data that cannot be decoded (Error reading PNG image data), expected a picture; copy the"
                            + " file again, or remove it",
                    Arrays.copyOf(whole, whole.length / 2));
        }

        @Test
        @DisplayName("a JPEG file that ends too early, although Java would fill it up with grey")
        void truncatedJpeg() throws IOException {
            byte[] whole = Pictures.jpeg(Pictures.pattern(40, 30));
            for (int missing : new int[] {1, 2, 10, 100}) {
                assertProblem(
                        ": found JPEG data that cannot be decoded (Truncated File - Missing EOI marker), expected a"
                                + " picture; copy the file again, or remove it",
                        Arrays.copyOf(whole, whole.length - missing));
            }
        }

        @Test
        @DisplayName("a JPEG file in the colours of a printer")
        void cmyk() throws IOException {
            assertProblem(
                    ": found colours that are neither grey nor RGB, perhaps those of a printer (CMYK), expected a grey or"
                            + " RGB picture; convert it, or remove it",
                    cmykJpeg());
        }

        @Test
        @DisplayName("a picture that claims a size for which there is no memory, before it takes any")
        void tooLarge() throws IOException {
            byte[] content = Pictures.png(Pictures.grey(1, 1, 9));
            // Height and width are behind the signature and the length and the name of the first chunk.
            ByteBuffer.wrap(content).putInt(16, 20_000).putInt(20, 10_000);
            assertProblem(
                    ": found a picture 10000 high and 20000 wide, expected at most 100000000 pixels; make it smaller, or"
                            + " remove it",
                    content);
        }

        @Test
        @DisplayName("a file that is gone, or was a link to one that is")
        void missing() {
            assertEquals(
                    file + ": found no such file, expected a file that can be read",
                    assertThrows(InvalidInputException.class, reader::readHeader)
                            .getMessage());
            assertEquals(
                    file + ": found no such file, expected a file that can be read",
                    assertThrows(InvalidInputException.class, reader::readContent)
                            .getMessage());
        }

        @Test
        @DisplayName("a file that may not be read")
        void unreadable() throws IOException {
            for (String name : new String[] {"picture.png", "a.png", "b.png"}) {
                Files.write(path.resolve(name), Pictures.png(Pictures.grey(1, 1, 9)));
            }
            assertEquals(
                    file + ": found no permission, expected a file that can be read",
                    OrdinaryUser.describe("images", path, file));
        }

        private byte[] cmykJpeg() throws IOException {
            ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            try (ImageOutputStream stream = ImageIO.createImageOutputStream(content)) {
                writer.setOutput(stream);
                Raster fourInks = Raster.createInterleavedRaster(0, 8, 8, 4, null);
                writer.write(new IIOImage(fourInks, null, null));
            } finally {
                writer.dispose();
            }
            return content.toByteArray();
        }
    }

    @Test
    @DisplayName("takes a JPEG file with bytes behind its picture, as some cameras and messengers leave them")
    void trailingBytes() throws IOException {
        byte[] whole = Pictures.jpeg(Pictures.pattern(40, 30));
        byte[] longer = Arrays.copyOf(whole, whole.length + 100);
        assertEquals(
                ByteBuffer.wrap(
                        PixelPlanes.of(reader.decode(whole), ColorMode.GREY).planes()[0]),
                ByteBuffer.wrap(
                        PixelPlanes.of(reader.decode(longer), ColorMode.GREY).planes()[0]));
    }

    @Test
    @DisplayName("gives nothing worse than an InvalidInputException, whichever bytes are damaged")
    void randomDamage() throws IOException {
        Random random = new Random(42);
        byte[] png = Pictures.png(Pictures.pattern(10, 10));
        byte[] jpeg = Pictures.jpeg(Pictures.rgb(10, 10, 200, 100, 50));
        for (byte[] right : new byte[][] {png, jpeg}) {
            for (int attempt = 0; attempt < 500; attempt++) {
                byte[] damaged = Arrays.copyOf(right, 1 + random.nextInt(right.length));
                // The first bytes of PNG hold its size: a picture that claims to be large is refused elsewhere.
                for (int damage = random.nextInt(4); damage > 0 && damaged.length > 24; damage--) {
                    damaged[24 + random.nextInt(damaged.length - 24)] = (byte) random.nextInt(256);
                }
                readOrRefuse(damaged);
            }
        }
    }

    private void readOrRefuse(byte[] content) throws IOException {
        Files.write(file, content);
        try {
            reader.readHeader();
            PixelPlanes.of(reader.decode(content), ColorMode.RGB);
        } catch (InvalidInputException e) {
            assertTrue(e.getMessage().startsWith(file + ": found "), e::getMessage);
        }
    }

    /** Reads as a data set does: first the header, and the pixels if it is right. */
    private void assertProblem(String expected, byte[] content) throws IOException {
        Files.write(file, content);
        InvalidInputException exception = assertThrows(InvalidInputException.class, () -> {
            reader.readHeader();
            reader.decode(content);
        });
        assertEquals(file + expected, exception.getMessage());
    }
}
