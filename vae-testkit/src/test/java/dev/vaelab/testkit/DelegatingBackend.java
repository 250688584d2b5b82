package dev.vaelab.testkit;

import dev.vaelab.api.backend.Capability;
import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.backend.MatrixProduct;
import dev.vaelab.api.backend.ModelRequest;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.backend.reference.ReferenceBackend;
import java.util.Optional;
import java.util.Set;

/** The reference backend, except for what a subclass spoils. It keeps the name, under which it is found. */
abstract class DelegatingBackend implements VaeBackend {
    private final VaeBackend delegate = new ReferenceBackend();

    @Override
    public String name() {
        return delegate.name();
    }

    @Override
    public String description() {
        return delegate.description();
    }

    @Override
    public Set<Capability> capabilities() {
        return delegate.capabilities();
    }

    @Override
    public EngineDescription engine() {
        return delegate.engine();
    }

    @Override
    public VaeModel<?> create(ModelRequest request) {
        return delegate.create(request);
    }

    @Override
    public Optional<MatrixProduct> matrixProduct(int size, float[] left, float[] right) {
        return delegate.matrixProduct(size, left, right);
    }
}
