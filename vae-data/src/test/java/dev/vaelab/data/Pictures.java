package dev.vaelab.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Pictures as tests need them, and a folder of them. */
final class Pictures {
    private final Path folder;

    /** A folder that exists, and has nothing in it yet. */
    Pictures(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** Stores a picture as PNG, in folders that are made if needed. */
    Pictures put(String name, BufferedImage picture) throws IOException {
        return put(name, png(picture));
    }

    /** Stores a file, in folders that are made if needed. */
    Pictures put(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return this;
    }

    /** A grey picture of one shade. */
    static BufferedImage grey(int height, int width, int value) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.getRaster().setSample(x, y, 0, value);
            }
        }
        return picture;
    }

    /** A picture of one colour. */
    static BufferedImage rgb(int height, int width, int red, int green, int blue) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.getRaster().setPixel(x, y, new int[] {red, green, blue});
            }
        }
        return picture;
    }

    /** A picture with something to compress in it. */
    static BufferedImage pattern(int height, int width) {
        BufferedImage picture = grey(height, width, 0);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.getRaster().setSample(x, y, 0, (x * 37 + y * 59) % 256);
            }
        }
        return picture;
    }

    static byte[] png(BufferedImage picture) throws IOException {
        return encoded(picture, "png");
    }

    static byte[] jpeg(BufferedImage picture) throws IOException {
        return encoded(picture, "jpeg");
    }

    static byte[] encoded(BufferedImage picture, String format) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ImageIO.write(picture, format, content);
        return content.toByteArray();
    }
}
