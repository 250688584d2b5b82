package dev.vaelab.testkit;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.backend.MatrixProduct;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.backend.reference.ReferenceBackend;
import dev.vaelab.training.model.ModelRequest;
import java.util.Optional;

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
    public EngineDescription engine() {
        return delegate.engine();
    }

    @Override
    public Engine<?> open() {
        return delegate.open();
    }

    /** Makes a model, for which a subclass has its own mistakes: those of {@link #open} are not in it. */
    VaeModel<?> create(ModelRequest request) {
        return request.create(delegate);
    }

    @Override
    public Optional<MatrixProduct> matrixProduct(int size, float[] left, float[] right) {
        return delegate.matrixProduct(size, left, right);
    }
}
