package dev.vaelab.backend.reference;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.backend.TensorMemory;
import dev.vaelab.api.backend.VaeBackend;
import java.util.Map;

/** The backend {@code reference}: exact, portable and slow. */
public final class ReferenceBackend implements VaeBackend {
    /** The name by which experiment files choose it. */
    public static final String NAME = "reference";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "plain Java in float64, one thread: the oracle of the other backends, slow";
    }

    @Override
    public EngineDescription engine() {
        return new EngineDescription("Java", Runtime.version().toString(), 1, Map.of("precision", "float64"));
    }

    @Override
    public TensorMemory memory() {
        return TensorMemory.HEAP_FLOAT64;
    }

    @Override
    public Engine<?> open() {
        return new ReferenceEngine();
    }
}
