package dev.vaelab.backend.tensorflow;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.backend.MatrixProduct;
import dev.vaelab.api.backend.VaeBackend;
import java.util.Optional;

/** The engine of TensorFlow. */
public final class TensorFlowBackend implements VaeBackend {
    @Override
    public String name() {
        return "tensorflow";
    }

    @Override
    public String description() {
        return "TensorFlow 2.18 by TensorFlow-Java 1.1.0, in graphs, on the processor";
    }

    @Override
    public EngineDescription engine() {
        return TensorFlowLibrary.load();
    }

    @Override
    public Engine<?> open() {
        TensorFlowLibrary.load();
        return new TensorFlowEngine();
    }

    @Override
    public Optional<MatrixProduct> matrixProduct(int size, float[] left, float[] right) {
        TensorFlowLibrary.load();
        return Optional.of(new TensorFlowMatrixProduct(size, left, right));
    }
}
