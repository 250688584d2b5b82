package dev.vaelab.backend.djl;

import dev.vaelab.api.backend.Capability;
import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.backend.MatrixProduct;
import dev.vaelab.api.backend.ModelRequest;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.backend.VaeModel;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

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
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public EngineDescription engine() {
        return DjlEngine.describe();
    }

    @Override
    public VaeModel<?> create(ModelRequest request) {
        return new DjlModel(request.requireSupportedBy(this));
    }

    @Override
    public Optional<MatrixProduct> matrixProduct(int size, float[] left, float[] right) {
        return Optional.of(new DjlMatrixProduct(size, left, right));
    }
}
