package dev.vaelab.training.part;

import dev.vaelab.api.model.Prior;
import dev.vaelab.api.part.NoKeys;
import dev.vaelab.api.part.PriorProvider;

/** Offers {@link StandardGaussian} as {@code standard}. */
public final class StandardGaussianProvider implements PriorProvider<NoKeys> {
    @Override
    public String name() {
        return "standard";
    }

    @Override
    public String description() {
        return "N(0, I), with the KL in closed form";
    }

    @Override
    public Class<NoKeys> keys() {
        return NoKeys.class;
    }

    @Override
    public Prior create(NoKeys keys) {
        return new StandardGaussian();
    }
}
