package dev.vaelab.training.part;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.part.LossProvider;
import jakarta.validation.constraints.Positive;

/** Offers {@link ImportanceWeighted} as {@code iwae}. */
public final class ImportanceWeightedProvider implements LossProvider<ImportanceWeightedProvider.Keys> {
    /**
     * Its keys.
     *
     * @param samples latents of each image; default 5
     */
    public record Keys(
            @Positive @JsonPropertyDescription("Latents that are drawn for each image.")
            Integer samples) {
        /** Fills in the default. */
        public Keys {
            samples = samples == null ? Integer.valueOf(5) : samples;
        }
    }

    @Override
    public String name() {
        return "iwae";
    }

    @Override
    public String description() {
        return "the importance-weighted bound with several latents of each image (Burda et al. 2016)";
    }

    @Override
    public Class<Keys> keys() {
        return Keys.class;
    }

    @Override
    public Loss create(Keys keys) {
        return new ImportanceWeighted(keys.samples());
    }
}
