package dev.vaelab.api.backend;

import java.util.Optional;

/**
 * An engine that models can be trained on. Implementations have a public constructor without parameters, are found by
 * {@link java.util.ServiceLoader}, and are cheap to construct: nothing native is loaded before {@link #engine()} or
 * {@link #open()} is called.
 */
public interface VaeBackend {
    /** The name by which experiment files choose it: lower-case letters, digits and hyphens. */
    String name();

    /** One line for a person who chooses between backends. Loads nothing. */
    String description();

    /** Loads the engine and describes it as it runs in this process, for the provenance of a run. */
    EngineDescription engine();

    /**
     * What values the engine keeps, and where, so that a model that cannot fit is refused before anything is made. Loads nothing.
     *
     * @return by default float32 outside of Java's heap
     */
    default TensorMemory memory() {
        return TensorMemory.NATIVE_FLOAT32;
    }

    /**
     * Puts the engine to work for one model.
     *
     * @return a new engine, which the caller closes
     */
    Engine<?> open();

    /**
     * The engine's own product of two matrices, with which the speed of its models is compared: {@code bench} asks for it,
     * and nothing else does.
     *
     * @param size rows and columns of both matrices
     * @param left the left matrix, in row-major order
     * @param right the right matrix, in row-major order
     * @return the product, which the caller closes; nothing, which is the default, if the engine has none in float32
     */
    default Optional<MatrixProduct> matrixProduct(int size, float[] left, float[] right) {
        return Optional.empty();
    }
}
