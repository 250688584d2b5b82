package dev.vaelab.training.part;

import dev.vaelab.api.model.Sampler;
import dev.vaelab.api.part.NoKeys;
import dev.vaelab.api.part.SamplerProvider;

/** Offers {@link Deterministic} as {@code deterministic}. */
public final class DeterministicProvider implements SamplerProvider<NoKeys> {
    @Override
    public String name() {
        return "deterministic";
    }

    @Override
    public String description() {
        return "the mean, without noise";
    }

    @Override
    public Class<NoKeys> keys() {
        return NoKeys.class;
    }

    @Override
    public Sampler create(NoKeys keys) {
        return new Deterministic();
    }
}
