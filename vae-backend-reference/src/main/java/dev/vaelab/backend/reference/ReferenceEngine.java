package dev.vaelab.backend.reference;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.tensor.TensorOperations;

/** Arithmetic in float64 and nothing else: networks and optimizers are composed of it. */
final class ReferenceEngine implements Engine<DoubleTensor> {
    private final TensorOperations<DoubleTensor> operations = new ReferenceOperations();

    @Override
    public TensorOperations<DoubleTensor> operations() {
        return operations;
    }

    /** The garbage collector frees what nobody refers to. */
    @Override
    public void close() {}
}
