package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.Map;

/**
 * The {@code loss} part.
 *
 * @param name which loss; default elbo
 * @param reconstruction likelihood of the images; default bce
 * @param beta weight of the KL term; default 1, the ELBO
 * @param betaWarmup epochs in which the weight of the KL term rises to beta; default 0: it is beta from the beginning
 * @param betaWarmupSteps the same in training steps, instead of epochs; none if absent
 * @param keys what the loss and the likelihood have of their own, such as {@code samples} and {@code variance}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LossConfig(
        @JsonPropertyDescription("Which loss.") String name,

        @JsonPropertyDescription("Likelihood of the images given the latents.")
        String reconstruction,

        @PositiveOrZero @JsonPropertyDescription("Weight of the KL term; 1 gives the evidence lower bound.")
        Double beta,

        @PositiveOrZero @JsonPropertyDescription("Epochs in which the weight of the KL term rises linearly to beta.")
        Integer betaWarmup,

        @Positive
        @JsonPropertyDescription(
                "Training steps in which the weight of the KL term rises linearly to beta, in the place of betaWarmup.")
        Integer betaWarmupSteps,

        @JsonAnySetter @JsonAnyGetter Map<String, Object> keys) {
    /** The loss that is meant if a file does not say. */
    public static final String ELBO = "elbo";

    /** The likelihood that is meant if a file does not say. */
    public static final String BERNOULLI = "bce";

    /** The recipe's loss. */
    public static final LossConfig DEFAULT = new LossConfig(null, null, null, null, null, null);

    /** Fills in defaults. */
    public LossConfig {
        name = name == null ? ELBO : name;
        reconstruction = reconstruction == null ? BERNOULLI : reconstruction;
        beta = beta == null ? Double.valueOf(1) : beta;
        betaWarmup = betaWarmup == null ? Integer.valueOf(0) : betaWarmup;
        keys = OwnKeys.copy(keys);
    }

    /** The same with other keys of loss and likelihood. */
    public LossConfig withKeys(Map<String, Object> others) {
        return new LossConfig(name, reconstruction, beta, betaWarmup, betaWarmupSteps, others);
    }

    /**
     * The weight of the KL term in a training step (warm-up: C. K. Sønderby et al., <em>Ladder variational autoencoders</em>,
     * 2016): beta * epoch / (betaWarmup + 1) in the epochs of the warm-up, beta from then on. Not 0 in the first one: an epoch
     * without the term drives the posterior hundreds of nats away from the prior. A warm-up by steps does the same step by step.
     *
     * @param epoch counted from 1
     * @param step of the whole training, counted from 1
     */
    public double betaIn(int epoch, long step) {
        return betaWarmupSteps == null ? rising(epoch, betaWarmup) : rising(step, betaWarmupSteps);
    }

    private double rising(long time, int warmup) {
        return time > warmup ? beta : beta * time / (warmup + 1.0);
    }
}
