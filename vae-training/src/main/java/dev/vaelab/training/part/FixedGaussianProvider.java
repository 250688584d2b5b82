package dev.vaelab.training.part;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.part.LikelihoodProvider;
import jakarta.validation.constraints.Positive;

/** Offers {@link FixedGaussian} as {@code mse}. */
public final class FixedGaussianProvider implements LikelihoodProvider<FixedGaussianProvider.Keys> {
    /**
     * Its keys.
     *
     * @param variance of every pixel; default 0.5, the squared error and a constant
     */
    public record Keys(
            @Positive @JsonPropertyDescription("Variance of every pixel. 0.5 is the squared error.")
            Double variance) {
        /** Fills in the default. */
        public Keys {
            variance = variance == null ? Double.valueOf(0.5) : variance;
        }
    }

    @Override
    public String name() {
        return "mse";
    }

    @Override
    public String description() {
        return "independent Gaussian pixels of one fixed variance: squared error";
    }

    @Override
    public Class<Keys> keys() {
        return Keys.class;
    }

    @Override
    public Likelihood create(Keys keys) {
        return new FixedGaussian(keys.variance());
    }
}
