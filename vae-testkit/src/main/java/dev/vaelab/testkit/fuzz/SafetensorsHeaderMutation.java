package dev.vaelab.testkit.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Changes of the header of a safetensors file, whose length is put right again, so that the change is not found out by that alone.
 *
 * @param change of the text of the header
 */
public record SafetensorsHeaderMutation(Mutation change) implements Mutation {
    /** Each of these changes, in the header. */
    public static Mutation[] of(Mutation... changes) {
        return Arrays.stream(changes).map(SafetensorsHeaderMutation::new).toArray(Mutation[]::new);
    }

    @Override
    public byte[] apply(byte[] content, RandomGenerator random) {
        if (content.length < Long.BYTES) {
            return content;
        }
        long length = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 0 || length > content.length - Long.BYTES) {
            return content;
        }
        int valuesBegin = Long.BYTES + (int) length;
        return join(
                change.apply(Arrays.copyOfRange(content, Long.BYTES, valuesBegin), random),
                Arrays.copyOfRange(content, valuesBegin, content.length));
    }

    /** A file of this header and these values. */
    private static byte[] join(byte[] header, byte[] values) {
        return ByteBuffer.allocate(Long.BYTES + header.length + values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .put(values)
                .array();
    }
}
