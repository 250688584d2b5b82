package dev.vaelab.api.backend;

/**
 * A stretch of work with an engine's tensors. Whatever is uploaded in it, and whatever the seams compute from that, lives
 * until it closes and no longer.
 *
 * <p>A scope belongs to the thread that opened it.
 *
 * @param <T> the engine's tensor
 */
public interface TensorScope<T> extends AutoCloseable {
    /**
     * Copies values into the engine.
     *
     * @param values in row-major order
     * @param shape sizes, outermost first
     * @throws IllegalArgumentException if there are not as many values as the shape says
     * @throws IllegalStateException if the scope is closed
     */
    T upload(float[] values, int... shape);

    /**
     * Copies a tensor's values out of the engine, in row-major order.
     *
     * @throws IllegalStateException if the scope is closed
     */
    float[] download(T tensor);

    /** Frees the tensors of this scope. A second call does nothing. */
    @Override
    void close();
}
