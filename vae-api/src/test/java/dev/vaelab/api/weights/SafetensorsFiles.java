package dev.vaelab.api.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes safetensors files, right and wrong ones, from their parts. */
final class SafetensorsFiles {
    private SafetensorsFiles() {}

    /** A file with this header and as many bytes of values, all zero. */
    static Path write(Path file, String header, int dataBytes) throws IOException {
        return write(file, header.getBytes(StandardCharsets.UTF_8), dataBytes);
    }

    /** A file with this header and as many bytes of values, all zero. */
    static Path write(Path file, byte[] header, int dataBytes) throws IOException {
        return Files.write(
                file,
                ByteBuffer.allocate(Long.BYTES + header.length + dataBytes)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length)
                        .put(header)
                        .array());
    }

    /** The bytes of a golden file, which golden.py beside it has written. */
    static byte[] golden(String name) throws IOException {
        try (var stream = SafetensorsFiles.class.getResourceAsStream(name)) {
            return stream.readAllBytes();
        }
    }
}
