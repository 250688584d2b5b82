package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.vaelab.api.backend.Likelihood;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * The {@code loss} part.
 *
 * @param reconstruction likelihood of the images; default bce
 * @param variance of every pixel, for mse only, where it defaults to 0.5: the squared error and a constant
 * @param beta weight of the KL term; default 1, the ELBO
 * @param betaWarmup epochs in which the weight of the KL term rises to beta; default 0: it is beta from the beginning
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LossConfig(
        @JsonPropertyDescription("Likelihood of the images given the latents: bce (Bernoulli) or mse (Gaussian).")
        Reconstruction reconstruction,

        @Positive
        @JsonPropertyDescription("Variance of every pixel, for mse only. Default: 0.5, which is the squared error.")
        Double variance,

        @PositiveOrZero @JsonPropertyDescription("Weight of the KL term; 1 gives the evidence lower bound.")
        Double beta,

        @PositiveOrZero @JsonPropertyDescription("Epochs in which the weight of the KL term rises linearly to beta.")
        Integer betaWarmup) {
    /** The recipe's loss. */
    public static final LossConfig DEFAULT = new LossConfig(null, null, null, null);

    private static final double SQUARED_ERROR = 0.5;

    /** Fills in defaults. */
    public LossConfig {
        reconstruction = reconstruction == null ? Reconstruction.BCE : reconstruction;
        variance = variance == null && reconstruction == Reconstruction.MSE ? Double.valueOf(SQUARED_ERROR) : variance;
        beta = beta == null ? Double.valueOf(1) : beta;
        betaWarmup = betaWarmup == null ? Integer.valueOf(0) : betaWarmup;
    }

    /** The likelihood as backends know it. */
    public Likelihood likelihood() {
        return switch (reconstruction) {
            case BCE -> Likelihood.BERNOULLI;
            case MSE -> new Likelihood.Gaussian(variance);
        };
    }

    /**
     * The weight of the KL term in an epoch (warm-up: C. K. Sønderby et al., <em>Ladder variational autoencoders</em>,
     * 2016): beta * epoch / (betaWarmup + 1) in the epochs of the warm-up, beta from then on. Not 0 in the first one: an epoch
     * without the term drives the posterior hundreds of nats away from the prior.
     *
     * @param epoch counted from 1
     */
    public double betaIn(int epoch) {
        return epoch > betaWarmup ? beta : beta * epoch / (betaWarmup + 1.0);
    }
}
