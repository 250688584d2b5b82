package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One layer of {@code model.encoder} or {@code model.decoder}: in a file a name, {@code "relu"}, or an object whose first key says
 * what it is, {@code {"convolution": 32, "kernel": 3, "stride": 2, "padding": 1}}.
 *
 * @param name what it is: the name, or the first key
 * @param keys all keys and values; empty for a name alone
 */
public record LayerConfig(String name, Map<String, Object> keys) {
    /** Copies the keys. */
    public LayerConfig {
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    /** What a file has: a text or an object. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static LayerConfig of(Object value) {
        Map<String, Object> keys = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> members) {
            members.forEach((key, member) -> keys.put((String) key, member));
            return new LayerConfig(
                    keys.isEmpty() ? "" : keys.keySet().iterator().next(), keys);
        }
        return new LayerConfig(String.valueOf(value), keys);
    }

    /** As a file has it. */
    @JsonValue
    public Object asFile() {
        return keys.isEmpty() ? name : keys;
    }
}
