package dev.vaelab.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** A folder of IDX files as tests need it: four small right ones to begin with, then one or the other made wrong. */
final class IdxFolder {
    static final String TRAINING_IMAGES = "train-images-idx3-ubyte";
    static final String TRAINING_LABELS = "train-labels-idx1-ubyte";
    static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

    private final Path path;

    private IdxFolder(Path path) {
        this.path = path;
    }

    /** Five training images and three test images of 2x3, whose pixels count up from 0; labels likewise. */
    static IdxFolder create(Path path) throws IOException {
        IdxFolder folder = new IdxFolder(path);
        folder.put(TRAINING_IMAGES, images(5, 2, 3));
        folder.put(TRAINING_LABELS, labels(5));
        folder.put(TEST_IMAGES, images(3, 2, 3));
        folder.put(TEST_LABELS, labels(3));
        return folder;
    }

    Path path() {
        return path;
    }

    void put(String name, byte[] content) throws IOException {
        Files.write(path.resolve(name), content);
    }

    void remove(String name) throws IOException {
        Files.delete(path.resolve(name));
    }

    static byte[] images(int count, int rows, int columns) {
        return file(0x0803, count * rows * columns, count, rows, columns);
    }

    static byte[] labels(int count) {
        return file(0x0801, count, count);
    }

    /** A file whose header need not be true. */
    static byte[] file(int magic, int values, int... sizes) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + values).putInt(magic);
        for (int size : sizes) {
            bytes.putInt(size);
        }
        for (int value = 0; value < values; value++) {
            bytes.put((byte) value);
        }
        return bytes.array();
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(compressed)) {
            stream.write(content);
        }
        return compressed.toByteArray();
    }
}
