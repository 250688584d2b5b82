package dev.vaelab.api.weights;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.files.RegularFiles;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a safetensors file piece by piece, so that it may be larger than any array. */
final class SafetensorsReader {
    /** Bytes read at a time: a multiple of the size of every value. */
    private static final int CHUNK_BYTES = 1 << 18;

    /** The first bytes of a zip archive; as the length of a header they would be absurd. */
    private static final int ZIP = 'P' | 'K' << 8 | 3 << 16 | 4 << 24;

    private final String place;
    private final FileChannel channel;

    private SafetensorsReader(String place, FileChannel channel) {
        this.place = place;
        this.channel = channel;
    }

    /** Reads a file; see {@link Safetensors#read(Path)}. */
    static Safetensors read(Path file) {
        String place = file.toString();
        RegularFiles.requireNothingElse(file, "a safetensors file");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new SafetensorsReader(place, channel).read();
        } catch (IOException e) {
            throw new InvalidInputException(
                    Problem.of(place, FileFailures.reason(e), "a safetensors file that can be read"));
        }
    }

    private Safetensors read() throws IOException {
        long size = channel.size();
        byte[] json = new byte[headerLength(size)];
        readFully(ByteBuffer.wrap(json), SafetensorsHeader.LENGTH_BYTES);
        SafetensorsHeader header = SafetensorsHeaderParser.parse(place, json);
        long dataStart = (long) SafetensorsHeader.LENGTH_BYTES + json.length;
        SafetensorsLayout.requireSound(place, header.tensors(), size - dataStart);
        Checksums checksums = Checksums.of(place, header);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (SafetensorsHeader.Entry entry : header.tensors()) {
            if (!entry.isBatchCount()) {
                tensors.put(entry.name(), readTensor(entry, dataStart, checksums));
            }
        }
        checksums.requireSound();
        return new Safetensors(new NamedTensors(tensors), header.metadata());
    }

    private int headerLength(long size) throws IOException {
        int lengthBytes = SafetensorsHeader.LENGTH_BYTES;
        if (size < lengthBytes) {
            throw new InvalidInputException(new Problem(
                    place,
                    size + " bytes",
                    "at least " + lengthBytes + ", which give the length of the header",
                    "the file is truncated, or not a safetensors file"));
        }
        ByteBuffer bytes = ByteBuffer.allocate(lengthBytes).order(ByteOrder.LITTLE_ENDIAN);
        readFully(bytes, 0);
        if (bytes.getInt(0) == ZIP) {
            throw new InvalidInputException(new Problem(
                    place,
                    "a zip archive, such as torch.save writes",
                    "a safetensors file",
                    "safetensors.torch.save_file(model.state_dict(), file) writes one"));
        }
        long length = bytes.getLong(0);
        if (length < 0 || length > SafetensorsHeader.MAXIMUM_LENGTH) {
            throw new InvalidInputException(new Problem(
                    place,
                    "a header of " + Long.toUnsignedString(length) + " bytes",
                    "at most " + SafetensorsHeader.MAXIMUM_LENGTH,
                    "this is not a safetensors file"));
        }
        if (length > size - lengthBytes) {
            throw new InvalidInputException(new Problem(
                    place,
                    size + " bytes",
                    "at least " + (lengthBytes + length) + " for a header of " + length,
                    "the file is truncated, or not a safetensors file"));
        }
        return Math.toIntExact(length);
    }

    /** The type is known and the sizes are right: the layout was checked. */
    private Tensor readTensor(SafetensorsHeader.Entry entry, long dataStart, Checksums checksums) throws IOException {
        ElementType type = ElementType.named(entry.dtype()).orElseThrow();
        List<Integer> shape = entry.shape().stream().map(Math::toIntExact).toList();
        float[] values = new float[Math.toIntExact((entry.end() - entry.begin()) / type.size())];
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, entry.end() - entry.begin()))
                .order(ByteOrder.LITTLE_ENDIAN);
        long position = dataStart + entry.begin();
        MessageDigest bytes = Checksums.sha256();
        int done = 0;
        while (done < values.length) {
            int count = Math.min(CHUNK_BYTES / type.size(), values.length - done);
            chunk.clear().limit(count * type.size());
            readFully(chunk, position);
            type.decode(chunk.flip(), values, done, count);
            if (checksums.present()) {
                bytes.update(chunk.array(), 0, chunk.limit());
            }
            position += chunk.limit();
            done += count;
        }
        if (checksums.present()) {
            checksums.compare(entry.name(), bytes);
        }
        return new Tensor(shape, values);
    }

    private void readFully(ByteBuffer target, long position) throws IOException {
        long next = position;
        while (target.hasRemaining()) {
            int count = channel.read(target, next);
            if (count < 0) {
                throw new EOFException("a file that became shorter while it was read");
            }
            next += count;
        }
    }
}
