package dev.vaelab.api.backend;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An engine as it runs in this process.
 *
 * @param name the engine's own name, for example {@code PyTorch}
 * @param version its version
 * @param threads threads that one operation may use; part of a run's identity, since results shift in the last digits
 *     with it
 * @param details whatever else decides numbers or speed, in a stable order: native variant, BLAS, settings
 */
public record EngineDescription(String name, String version, int threads, Map<String, String> details) {
    /** Copies the details and keeps their order. */
    public EngineDescription {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
}
