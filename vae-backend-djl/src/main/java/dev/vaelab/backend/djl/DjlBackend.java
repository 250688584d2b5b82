package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.backend.MatrixProduct;
import dev.vaelab.api.backend.VaeBackend;
import java.util.Optional;

/** The Deep Java Library with PyTorch's native library, on the processor. */
public final class DjlBackend implements VaeBackend {
    @Override
    public String name() {
        return "djl";
    }

    @Override
    public String description() {
        return "Deep Java Library with the PyTorch engine, on the processor";
    }

    @Override
    public EngineDescription engine() {
        return PyTorch.describe();
    }

    @Override
    public Engine<NDArray> open() {
        return new DjlEngine();
    }

    @Override
    public Optional<MatrixProduct> matrixProduct(int size, float[] left, float[] right) {
        return Optional.of(new DjlMatrixProduct(size, left, right));
    }
}
