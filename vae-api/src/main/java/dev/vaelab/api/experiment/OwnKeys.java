package dev.vaelab.api.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keys that a part of the model has of its own, as a file has them. */
final class OwnKeys {
    private OwnKeys() {}

    /** A copy that keeps the order; empty for null. Keys without a value are left out. */
    static Map<String, Object> copy(Map<String, Object> keys) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (keys != null) {
            keys.forEach((key, value) -> {
                if (value != null) {
                    copy.put(key, value);
                }
            });
        }
        return Collections.unmodifiableMap(copy);
    }
}
