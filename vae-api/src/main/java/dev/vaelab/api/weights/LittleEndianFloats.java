package dev.vaelab.api.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Values as the bytes that files of tensors have for them: safetensors, and those of PyTorch and ONNX. */
public final class LittleEndianFloats {
    private static final int CHUNK_VALUES = 1 << 14;

    private LittleEndianFloats() {}

    /** Takes some bytes. */
    @FunctionalInterface
    public interface Target<E extends Exception> {
        /** The first {@code length} bytes of an array that is used again for the next ones. */
        void accept(byte[] bytes, int offset, int length) throws E;
    }

    /** Hands over the bytes of all values, some thousand values at a time. */
    public static <E extends Exception> void forEachChunk(float[] values, Target<E> target) throws E {
        ByteBuffer chunk = ByteBuffer.allocate(Math.min(CHUNK_VALUES, values.length) * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        int done = 0;
        while (done < values.length) {
            int count = Math.min(CHUNK_VALUES, values.length - done);
            chunk.asFloatBuffer().put(values, done, count);
            target.accept(chunk.array(), 0, count * Float.BYTES);
            done += count;
        }
    }
}
