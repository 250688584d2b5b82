package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;

/** Writes to the native memory of tensors. */
final class NativeValues {
    private NativeValues() {}

    /**
     * Copies values into a tensor, in row-major order.
     *
     * <p>{@link NDArray#set} would make the tensor point to a buffer of the Java side, which lives until the garbage
     * collector comes by; this leaves the tensor its memory.
     *
     * @param tensor a contiguous float32 tensor of as many values
     */
    static void write(NDArray tensor, float[] values) {
        tensor.toByteBuffer(true).asFloatBuffer().put(values);
    }
}
