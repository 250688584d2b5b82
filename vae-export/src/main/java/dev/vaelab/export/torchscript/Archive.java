package dev.vaelab.export.torchscript;

import dev.vaelab.api.weights.LittleEndianFloats;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The zip file that PyTorch takes for a module: entries that are not compressed, each of whose contents begins at a multiple of 64
 * bytes, so that tensors can be used where they are ({@code caffe2/serialize/inline_container.h}). The same entries give the same
 * bytes.
 */
final class Archive {
    private static final int ALIGNMENT = 64;

    /** Of an entry, before its name; and of a field behind the name, before what it holds. */
    private static final int HEADER_BYTES = 30;

    private static final int FIELD_BYTES = 4;

    /** Behind the beginning of the calendar of zip files, which Java takes for a time before it, and adds a field for. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final String folder;
    private final CountingStream counted;
    private final ZipOutputStream zip;

    /**
     * Begins an archive.
     *
     * @param name of the folder that all entries are in
     * @param stream closed by the caller
     */
    Archive(String name, OutputStream stream) {
        folder = name + "/";
        counted = new CountingStream(stream);
        zip = new ZipOutputStream(counted, StandardCharsets.UTF_8);
    }

    /** Adds a text. */
    void add(String name, String content) throws IOException {
        add(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds bytes. */
    void add(String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        begin(name, content.length, checksum);
        zip.write(content);
        zip.closeEntry();
    }

    /** Adds the values of a tensor. */
    void add(String name, float[] values) throws IOException {
        CRC32 checksum = new CRC32();
        LittleEndianFloats.forEachChunk(values, checksum::update);
        begin(name, (long) Float.BYTES * values.length, checksum);
        LittleEndianFloats.forEachChunk(values, zip::write);
        zip.closeEntry();
    }

    /** Writes the table of contents. */
    void finish() throws IOException {
        zip.finish();
    }

    private void begin(String name, long size, CRC32 checksum) throws IOException {
        ZipEntry entry = new ZipEntry(folder + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(size);
        entry.setCrc(checksum.getValue());
        entry.setTimeLocal(NO_TIME);
        entry.setExtra(padding(entry.getName().getBytes(StandardCharsets.UTF_8).length));
        zip.putNextEntry(entry);
    }

    /** A field named FB, as PyTorch's archives have it. */
    private byte[] padding(int nameBytes) {
        long begin = counted.count + HEADER_BYTES + nameBytes + FIELD_BYTES;
        int length = Math.floorMod(-begin, ALIGNMENT);
        byte[] field = new byte[FIELD_BYTES + length];
        Arrays.fill(field, (byte) 'Z');
        field[0] = 'F';
        field[1] = 'B';
        field[2] = (byte) length;
        field[3] = 0;
        return field;
    }

    /** Knows how much has been written. */
    private static final class CountingStream extends OutputStream {
        private final OutputStream target;
        private long count;

        CountingStream(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int single) throws IOException {
            target.write(single);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            target.write(bytes, offset, length);
            count += length;
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }
    }
}
