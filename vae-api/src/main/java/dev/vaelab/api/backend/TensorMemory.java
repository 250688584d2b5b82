package dev.vaelab.api.backend;

/**
 * Where an engine keeps its tensors.
 *
 * @param bytesOfValue bytes of one value
 * @param inHeap whether they are Java arrays, which the heap limits, rather than the engine's own memory
 */
public record TensorMemory(int bytesOfValue, boolean inHeap) {
    /** Float32 in the engine's own memory, as most engines have it. */
    public static final TensorMemory NATIVE_FLOAT32 = new TensorMemory(Float.BYTES, false);

    /** Float64 in Java arrays. */
    public static final TensorMemory HEAP_FLOAT64 = new TensorMemory(Double.BYTES, true);
}
