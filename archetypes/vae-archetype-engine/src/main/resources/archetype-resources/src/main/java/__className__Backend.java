package ${package};

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.backend.TensorMemory;
import dev.vaelab.api.backend.VaeBackend;
import java.util.Map;

/** The backend {@code ${engine}}, as the program finds it. */
public final class ${className}Backend implements VaeBackend {
    @Override public String name() { return "${engine}"; }
    @Override public String description() { return "plain Java in float32, matrix products on all processors"; }
    @Override public TensorMemory memory() { return new TensorMemory(Float.BYTES, true); }
    @Override public Engine<?> open() { return new ${className}Engine(); }

    @Override
    public EngineDescription engine() {
        Map<String, String> details = Map.of("precision", "float32");
        return new EngineDescription("Java", Runtime.version().toString(), Workers.COUNT, details);
    }
}
