package dev.vaelab.api.backend;

/**
 * The product of two square float32 matrices inside an engine, to be computed again and again. What a processor can do at
 * most shows in its speed, since next to nothing of it is anything but multiplication and addition.
 */
public interface MatrixProduct extends AutoCloseable {
    /** Computes the product, and returns when it is done. */
    void compute();

    /** A copy of what {@link #compute()} gave, in row-major order. */
    float[] values();

    /** Frees the matrices. */
    @Override
    void close();
}
