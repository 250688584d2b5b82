package dev.vaelab.training.part;

import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.part.LikelihoodProvider;
import dev.vaelab.api.part.NoKeys;

/** Offers {@link Bernoulli} as {@code bce}. */
public final class BernoulliProvider implements LikelihoodProvider<NoKeys> {
    @Override
    public String name() {
        return "bce";
    }

    @Override
    public String description() {
        return "independent Bernoulli pixels: binary cross-entropy";
    }

    @Override
    public Class<NoKeys> keys() {
        return NoKeys.class;
    }

    @Override
    public Likelihood create(NoKeys keys) {
        return new Bernoulli();
    }
}
