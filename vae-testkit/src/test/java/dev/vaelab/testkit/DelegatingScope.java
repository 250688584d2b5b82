package dev.vaelab.testkit;

import dev.vaelab.api.backend.TensorScope;

/** Does what another scope does, except for what a subclass spoils. */
abstract class DelegatingScope<T> implements TensorScope<T> {
    private final TensorScope<T> delegate;

    DelegatingScope(TensorScope<T> delegate) {
        this.delegate = delegate;
    }

    @Override
    public T upload(float[] values, int... shape) {
        return delegate.upload(values, shape);
    }

    @Override
    public float[] download(T tensor) {
        return delegate.download(tensor);
    }

    @Override
    public void close() {
        delegate.close();
    }
}
