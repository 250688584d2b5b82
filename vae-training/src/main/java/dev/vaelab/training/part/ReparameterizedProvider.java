package dev.vaelab.training.part;

import dev.vaelab.api.model.Sampler;
import dev.vaelab.api.part.NoKeys;
import dev.vaelab.api.part.SamplerProvider;

/** Offers {@link Reparameterized} as {@code reparameterized}. */
public final class ReparameterizedProvider implements SamplerProvider<NoKeys> {
    @Override
    public String name() {
        return "reparameterized";
    }

    @Override
    public String description() {
        return "mean + deviation * noise (Kingma and Welling 2014)";
    }

    @Override
    public Class<NoKeys> keys() {
        return NoKeys.class;
    }

    @Override
    public Sampler create(NoKeys keys) {
        return new Reparameterized();
    }
}
