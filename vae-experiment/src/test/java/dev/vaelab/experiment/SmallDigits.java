package dev.vaelab.experiment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of IDX files with a few small images of three classes, which are read in no time. */
public final class SmallDigits {
    static final int SIDE = 8;
    static final int CLASSES = 3;

    private static final int TRAINING = 12;
    private static final int TEST = 10;

    private SmallDigits() {}

    /** Writes the files, and returns their folder. */
    public static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("train-images-idx3-ubyte"), images(TRAINING));
        Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(TRAINING));
        Files.write(folder.resolve("t10k-images-idx3-ubyte"), images(TEST));
        Files.write(folder.resolve("t10k-labels-idx1-ubyte"), labels(TEST));
        return folder;
    }

    private static byte[] images(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + count * SIDE * SIDE);
        bytes.putInt(0x0803).putInt(count).putInt(SIDE).putInt(SIDE);
        for (int pixel = 0; bytes.hasRemaining(); pixel++) {
            bytes.put((byte) (pixel * 37 + pixel / 5));
        }
        return bytes.array();
    }

    private static byte[] labels(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + count);
        bytes.putInt(0x0801).putInt(count);
        for (int image = 0; bytes.hasRemaining(); image++) {
            bytes.put((byte) (image % CLASSES));
        }
        return bytes.array();
    }
}
