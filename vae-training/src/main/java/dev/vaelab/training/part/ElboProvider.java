package dev.vaelab.training.part;

import dev.vaelab.api.model.Loss;
import dev.vaelab.api.part.LossProvider;
import dev.vaelab.api.part.NoKeys;

/** Offers {@link Elbo} as {@code elbo}. */
public final class ElboProvider implements LossProvider<NoKeys> {
    @Override
    public String name() {
        return "elbo";
    }

    @Override
    public String description() {
        return "the evidence lower bound, with beta (Kingma and Welling 2014, Higgins et al. 2017)";
    }

    @Override
    public Class<NoKeys> keys() {
        return NoKeys.class;
    }

    @Override
    public Loss create(NoKeys keys) {
        return new Elbo();
    }
}
