package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;

/**
 * The {@code sampler} part: how latents are drawn from the posterior.
 *
 * @param name which sampler; default reparameterized
 * @param keys what it has of its own
 */
public record SamplerConfig(
        @JsonPropertyDescription("Which sampler.") String name,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> keys) {
    /** The recipe's sampler. */
    public static final SamplerConfig DEFAULT = new SamplerConfig(null, null);

    /** Fills in defaults. */
    public SamplerConfig {
        name = name == null ? "reparameterized" : name;
        keys = OwnKeys.copy(keys);
    }

    /** The same with other keys of its own. */
    public SamplerConfig withKeys(Map<String, Object> others) {
        return new SamplerConfig(name, others);
    }
}
