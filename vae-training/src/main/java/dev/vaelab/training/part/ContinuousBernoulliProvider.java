package dev.vaelab.training.part;

import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.part.LikelihoodProvider;
import dev.vaelab.api.part.NoKeys;

/** Offers {@link ContinuousBernoulli} as {@code continuous-bernoulli}. */
public final class ContinuousBernoulliProvider implements LikelihoodProvider<NoKeys> {
    @Override
    public String name() {
        return "continuous-bernoulli";
    }

    @Override
    public String description() {
        return "independent continuous Bernoulli pixels, a density on [0,1] (Loaiza-Ganem and Cunningham 2019)";
    }

    @Override
    public Class<NoKeys> keys() {
        return NoKeys.class;
    }

    @Override
    public Likelihood create(NoKeys keys) {
        return new ContinuousBernoulli();
    }
}
