package dev.vaelab.backend.reference;

import dev.vaelab.api.backend.TensorScope;

/** A scope with nothing to free: the garbage collector takes what nobody refers to. It only watches that it is open. */
final class ReferenceScope implements TensorScope<DoubleTensor> {
    private boolean closed;

    @Override
    public DoubleTensor upload(float[] values, int... shape) {
        requireOpen();
        return DoubleTensor.of(values, shape.clone());
    }

    @Override
    public float[] download(DoubleTensor tensor) {
        requireOpen();
        return tensor.toFloats();
    }

    @Override
    public void close() {
        closed = true;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the scope is closed");
        }
    }
}
