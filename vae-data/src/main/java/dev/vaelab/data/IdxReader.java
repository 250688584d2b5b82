package dev.vaelab.data;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.files.FileFailures;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads one IDX file in one pass: inflates it if it is compressed, checks its header, hashes it. */
final class IdxReader {
    private static final int BUFFER_BYTES = 1 << 16;

    /** What deflate, the method of gzip, compresses at most: 1032 bytes to one, as zlib's technical notes show. */
    private static final int MOST_COMPRESSION = 1032;

    private static final String COPY_AGAIN = "copy or download the file again";

    private final IdxSource source;
    private final IdxKind kind;
    private final long memory;

    /**
     * Prepares to read a file.
     *
     * @param source the file
     * @param kind what it is to hold
     * @param memory bytes that the values may take
     */
    IdxReader(IdxSource source, IdxKind kind, long memory) {
        this.source = source;
        this.kind = kind;
        this.memory = memory;
    }

    /**
     * Reads the file.
     *
     * @throws InvalidInputException with what is wrong with it
     */
    IdxFile read() {
        MessageDigest sha256 = Sha256.start();
        try (InputStream stored = new BufferedInputStream(source.opener().open(), BUFFER_BYTES);
                InputStream stream = new DigestInputStream(inflated(stored), sha256)) {
            List<Integer> sizes = readHeader(stream);
            byte[] values = readValues(stream, sizes);
            return new IdxFile(sizes, values, Sha256.finish(sha256));
        } catch (ZipException e) {
            throw invalid("corrupted gzip data (" + e.getMessage() + ")", "gzip data that can be unpacked", COPY_AGAIN);
        } catch (EOFException e) {
            throw invalid("gzip data that end too early", "the whole file", COPY_AGAIN);
        } catch (IOException e) {
            throw invalid(FileFailures.reason(e), "a file that can be read", "");
        }
    }

    /** Goes by the content and not by the name, since browsers unpack files and leave their names as they were. */
    private static InputStream inflated(InputStream stored) throws IOException {
        stored.mark(Short.BYTES);
        byte[] start = stored.readNBytes(Short.BYTES);
        stored.reset();
        boolean gzip = start.length == Short.BYTES
                && ByteBuffer.wrap(start).getShort() == Short.reverseBytes((short) GZIPInputStream.GZIP_MAGIC);
        return gzip ? new GZIPInputStream(stored, BUFFER_BYTES) : stored;
    }

    private List<Integer> readHeader(InputStream stream) throws IOException {
        byte[] bytes = stream.readNBytes(kind.headerBytes());
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (bytes.length >= Integer.BYTES) {
            requireMagic(new IdxMagic(header.getInt()));
        }
        if (bytes.length < kind.headerBytes()) {
            throw invalid(
                    bytes.length + " bytes", "at least " + kind.headerBytes() + ", the header of " + kind, COPY_AGAIN);
        }
        List<Long> sizes = new ArrayList<>();
        while (header.hasRemaining()) {
            sizes.add(Integer.toUnsignedLong(header.getInt()));
        }
        requireSensible(sizes);
        return sizes.stream().map(Math::toIntExact).toList();
    }

    private void requireMagic(IdxMagic magic) {
        if (!magic.equals(kind.magic())) {
            String words = magic.words();
            boolean swapped = magic.equals(kind.other().magic());
            throw invalid(
                    "magic number " + magic + (words.isEmpty() || swapped ? "" : " (" + words + ")"),
                    kind.magic() + ", with which files of " + kind + " begin",
                    advice(magic));
        }
    }

    private String advice(IdxMagic magic) {
        if (magic.equals(kind.other().magic())) {
            return "this is a file of " + kind.other() + ": are the two swapped?";
        }
        if (magic.isOfOtherType()) {
            return "write the file with values that are bytes: " + kind.range();
        }
        return Integer.reverseBytes(magic.number()) == kind.magic().number()
                ? "the header is in little-endian order: write it in big-endian order"
                : "";
    }

    private void requireSensible(List<Long> sizes) {
        String header =
                "a header with sizes " + sizes.stream().map(String::valueOf).collect(Collectors.joining("x"));
        if (sizes.contains(0L)) {
            throw invalid(header, "sizes of at least 1", "");
        }
        long values = 1;
        for (long size : sizes) {
            // Each factor is below 2^32 and the product so far below 2^31, so nothing overflows.
            values *= size;
            if (values > JavaArrays.LONGEST) {
                throw invalid(header, "at most " + JavaArrays.LONGEST + " values, the most that can be read", "");
            }
        }
        if (values / MOST_COMPRESSION > source.storedBytes()) {
            throw invalid(header, "sizes that a file of this length can hold", COPY_AGAIN);
        }
        if (values > memory) {
            throw invalid(
                    header,
                    "at most " + memory + " values, which is the memory of the program",
                    "give Java more memory with -Xmx");
        }
    }

    private byte[] readValues(InputStream stream, List<Integer> sizes) throws IOException {
        byte[] values = allocate(sizes.stream().reduce(1, Math::multiplyExact));
        int found = stream.readNBytes(values, 0, values.length);
        long expectedBytes = (long) kind.headerBytes() + values.length;
        String expected = expectedBytes + " by its header";
        if (found < values.length) {
            throw invalid((kind.headerBytes() + found) + " bytes", expected, "the file is truncated: " + COPY_AGAIN);
        }
        // Reading on to the end is also what makes gzip compare its checksum.
        if (stream.read() >= 0) {
            throw invalid("more than " + expectedBytes + " bytes", expected, COPY_AGAIN);
        }
        return values;
    }

    private byte[] allocate(int length) {
        try {
            return new byte[length];
        } catch (OutOfMemoryError e) {
            throw invalid(
                    "a header that asks for " + length + " values",
                    "fewer than " + HeapLimit.words() + " has free",
                    HeapLimit.advice());
        }
    }

    private InvalidInputException invalid(String found, String expected, String advice) {
        return new InvalidInputException(new Problem(source.place(), found, expected, advice));
    }
}
