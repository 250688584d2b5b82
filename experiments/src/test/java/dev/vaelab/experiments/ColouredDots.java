package dev.vaelab.experiments;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** An experiment on a folder of pictures with classes, named by a path relative to the working folder. */
final class ColouredDots {
    /** Of an image. */
    static final int HEIGHT = 8;

    static final int WIDTH = 12;

    private static final String TEXT = """
            {
              "name": "dots",
              "seed": 7,
              "backend": "reference",
              "dataset": { "name": "images", "path": "pictures", "validation": 8 },
              "model": { "latent": 3, "channels": [2], "hidden": 4 },
              "training": { "epochs": 2, "batchSize": 8 }
            }
            """;

    private ColouredDots() {}

    /** Writes the file {@code dots.json}, and the folder {@code pictures} that it names. */
    static void write(Path folder) throws IOException {
        for (int index = 0; index < 40; index++) {
            boolean red = index % 2 == 0;
            Path file = folder.resolve("pictures/" + (red ? "red, bright" : "blue") + "/" + index + ".png");
            Files.createDirectories(file.getParent());
            BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
            for (int y = 2; y < 5; y++) {
                for (int x = 0; x < 3; x++) {
                    picture.setRGB(x + index % 9, y, red ? 0xd02010 : 0x1020d0);
                }
            }
            ImageIO.write(picture, "png", file.toFile());
        }
        Files.writeString(folder.resolve("dots.json"), TEXT);
    }
}
