package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;

/**
 * The {@code prior} part: p(z), the distribution of latents before an image is seen.
 *
 * @param name which prior; default standard
 * @param keys what it has of its own
 */
public record PriorConfig(
        @JsonPropertyDescription("Which prior.") String name,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> keys) {
    /** The recipe's prior. */
    public static final PriorConfig DEFAULT = new PriorConfig(null, null);

    /** Fills in defaults. */
    public PriorConfig {
        name = name == null ? "standard" : name;
        keys = OwnKeys.copy(keys);
    }

    /** The same with other keys of its own. */
    public PriorConfig withKeys(Map<String, Object> others) {
        return new PriorConfig(name, others);
    }
}
