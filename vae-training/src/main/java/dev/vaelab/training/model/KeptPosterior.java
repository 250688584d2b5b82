package dev.vaelab.training.model;

import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorOperations;
import java.util.function.Supplier;

/**
 * The posterior of a prior's pseudo-inputs, which is the same for batch after batch of an evaluation: they go through the encoder once,
 * until weights or running statistics change. It stays inside the engine, so that no digit is lost.
 *
 * @param <T> the engine's tensor
 */
final class KeptPosterior<T> implements AutoCloseable {
    private final TensorOperations<T> operations;
    private Posterior<T> kept;
    private boolean current;

    /** Nothing is kept yet. */
    KeptPosterior(TensorOperations<T> operations) {
        this.operations = operations;
    }

    /**
     * What is kept, or else what is computed now.
     *
     * @param encode computes it in an open scope
     */
    Posterior<T> get(Supplier<Posterior<T>> encode) {
        if (!current) {
            Posterior<T> computed = encode.get();
            if (kept == null) {
                kept = new Posterior<>(variableLike(computed.mean()), variableLike(computed.logVariance()));
            }
            operations.assign(kept.mean(), computed.mean());
            operations.assign(kept.logVariance(), computed.logVariance());
            current = true;
        }
        return kept;
    }

    private T variableLike(T tensor) {
        int[] shape = operations.shape(tensor);
        return operations.variable(new float[Shapes.size(shape)], shape);
    }

    /** Weights or running statistics are others from now on. */
    void forget() {
        current = false;
    }

    /** Frees what is kept. */
    @Override
    public void close() {
        if (kept != null) {
            operations.free(kept.mean());
            operations.free(kept.logVariance());
        }
    }
}
