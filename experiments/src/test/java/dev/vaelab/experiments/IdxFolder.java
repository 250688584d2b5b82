package dev.vaelab.experiments;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A small folder of IDX files, of noise. */
final class IdxFolder {
    private static final int BYTES = 0x0800;

    private IdxFolder() {}

    /** Writes the four files. */
    static Path write(Path folder, int height, int width, int training, int test) throws IOException {
        Files.createDirectories(folder);
        SplittableRandom random = new SplittableRandom(3);
        for (int part = 0; part < 2; part++) {
            String name = part == 0 ? "train" : "t10k";
            int count = part == 0 ? training : test;
            Files.write(folder.resolve(name + "-images-idx3-ubyte"), array(random, 256, count, height, width));
            Files.write(folder.resolve(name + "-labels-idx1-ubyte"), array(random, 10, count));
        }
        return folder;
    }

    private static byte[] array(SplittableRandom random, int values, int... sizes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(BYTES + sizes.length);
        int length = 1;
        for (int size : sizes) {
            out.writeInt(size);
            length *= size;
        }
        for (int index = 0; index < length; index++) {
            out.writeByte(random.nextInt(values));
        }
        return bytes.toByteArray();
    }
}
