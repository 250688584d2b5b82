package dev.vaelab.experiment.benchmark;

import dev.vaelab.api.backend.MatrixProduct;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import java.time.Duration;
import java.util.Optional;

/** The speed of an engine's product of two large matrices, as far as it has one. */
public final class MatrixSpeed implements AutoCloseable {
    /**
     * Rows and columns: three matrices take 12 MiB, and a product takes so long that starting it and bringing threads
     * together counts for nothing.
     */
    static final int SIZE = 1024;

    /** Each entry of the product takes SIZE multiplications and as many additions. */
    private static final double OPERATIONS = 2.0 * SIZE * SIZE * SIZE;

    private final Optional<MatrixProduct> product;

    private MatrixSpeed(Optional<MatrixProduct> product) {
        this.product = product;
    }

    /** Makes the matrices inside an engine. */
    public static MatrixSpeed of(VaeBackend backend, RandomStreams streams) {
        float[] left = streams.gaussian(SIZE * SIZE, Purpose.WEIGHTS, 1);
        float[] right = streams.gaussian(SIZE * SIZE, Purpose.WEIGHTS, 2);
        return new MatrixSpeed(backend.matrixProduct(SIZE, left, right));
    }

    /** Operations in a second, measured for as long as that; null if the engine has no product. */
    Double measure(Duration duration) {
        if (product.isEmpty()) {
            return null;
        }
        long started = System.nanoTime();
        long products = 0;
        do {
            product.get().compute();
            products++;
        } while (System.nanoTime() - started < duration.toNanos());
        return products * OPERATIONS / ((System.nanoTime() - started) / 1e9);
    }

    @Override
    public void close() {
        product.ifPresent(MatrixProduct::close);
    }
}
