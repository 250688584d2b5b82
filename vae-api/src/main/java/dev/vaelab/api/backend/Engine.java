package dev.vaelab.api.backend;

import dev.vaelab.api.network.Network;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.tensor.TensorOperations;
import java.util.Optional;

/**
 * An engine at work for one model: its arithmetic, and what it does better as a whole than as a composition of operations.
 *
 * <p>Everything native that operations make belongs to it. The same calls with the same data and the same number of threads give
 * the same results, bit for bit. Used by one thread at a time.
 *
 * @param <T> the engine's tensor
 */
public interface Engine<T> extends AutoCloseable {
    /** The arithmetic. */
    TensorOperations<T> operations();

    /**
     * A whole network in the engine's own way, faster than its composition. Its weights are undefined until they are written.
     *
     * @return nothing, which is the default, if there is none for this specification
     */
    default Optional<Network<T>> network(NetworkSpecification specification) {
        return Optional.empty();
    }

    /**
     * The update of an optimizer in the engine's own way, faster than its composition.
     *
     * @return nothing, which is the default, if there is none for these settings
     */
    default Optional<ParameterUpdate<T>> update(OptimizerSettings settings) {
        return Optional.empty();
    }

    /** Frees everything native. A second call does nothing. */
    @Override
    void close();
}
