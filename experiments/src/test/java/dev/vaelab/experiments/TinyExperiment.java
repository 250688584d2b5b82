package dev.vaelab.experiments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** An experiment on a handful of images of 8x8, with five batches in an epoch: most of its time is Java's own start. */
final class TinyExperiment {
    private static final int SIDE = 8;
    private static final int TRAINING = 48;
    private static final int TEST = 8;

    private static final String TEXT = """
            {
              "name": "tiny",
              "seed": 7,
              "backend": "reference",
              "dataset": { "name": "idx", "path": "images", "validation": 8 },
              "model": { "latent": 2, "channels": [2], "hidden": 4 },
              "training": { "epochs": 2, "batchSize": 8 }
            }
            """;

    private TinyExperiment() {}

    /** Writes the file {@code tiny.json}, and the folder {@code images} that it names. */
    static void write(Path folder) throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        Files.write(images.resolve("train-images-idx3-ubyte"), images(TRAINING));
        Files.write(images.resolve("train-labels-idx1-ubyte"), labels(TRAINING));
        Files.write(images.resolve("t10k-images-idx3-ubyte"), images(TEST));
        Files.write(images.resolve("t10k-labels-idx1-ubyte"), labels(TEST));
        Files.writeString(folder.resolve("tiny.json"), TEXT);
    }

    /** Writes the same for a process that works in another folder: the images are named by their whole path. */
    static void writeForAnyFolder(Path folder) throws IOException {
        write(folder);
        Path file = folder.resolve("tiny.json");
        Files.writeString(file, Files.readString(file).replace("\"images\"", "\"" + folder.resolve("images") + "\""));
    }

    private static byte[] images(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + count * SIDE * SIDE);
        bytes.putInt(0x0803).putInt(count).putInt(SIDE).putInt(SIDE);
        for (int pixel = 0; bytes.hasRemaining(); pixel++) {
            bytes.put((byte) (pixel * 37));
        }
        return bytes.array();
    }

    private static byte[] labels(int count) {
        return ByteBuffer.allocate(8 + count).putInt(0x0801).putInt(count).array();
    }
}
