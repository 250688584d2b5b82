package dev.vaelab.training.part;

import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.part.LikelihoodProvider;
import dev.vaelab.api.part.NoKeys;

/** Offers {@link LearnedGaussian} as {@code gaussian}. */
public final class LearnedGaussianProvider implements LikelihoodProvider<NoKeys> {
    @Override
    public String name() {
        return "gaussian";
    }

    @Override
    public String description() {
        return "independent Gaussian pixels of one variance that is learned (Rybkin et al. 2021)";
    }

    @Override
    public Class<NoKeys> keys() {
        return NoKeys.class;
    }

    @Override
    public Likelihood create(NoKeys keys) {
        return new LearnedGaussian();
    }
}
