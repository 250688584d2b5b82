package dev.vaelab.training.part;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.vaelab.api.model.Prior;
import dev.vaelab.api.part.PriorProvider;
import jakarta.validation.constraints.Positive;

/** Offers {@link GaussianMixture} as {@code mixture}. */
public final class GaussianMixtureProvider implements PriorProvider<GaussianMixtureProvider.Keys> {
    /**
     * Its keys.
     *
     * @param components number of Gaussians; default 10
     */
    public record Keys(
            @Positive @JsonPropertyDescription("Number of Gaussians.")
            Integer components) {
        /** Fills in the default. */
        public Keys {
            components = components == null ? Integer.valueOf(10) : components;
        }
    }

    @Override
    public String name() {
        return "mixture";
    }

    @Override
    public String description() {
        return "a mixture of Gaussians that are learned; the KL by sampling";
    }

    @Override
    public Class<Keys> keys() {
        return Keys.class;
    }

    @Override
    public Prior create(Keys keys) {
        return new GaussianMixture(keys.components());
    }
}
