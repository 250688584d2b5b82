package dev.vaelab.training.parity;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is compared between two engines, how close it must be, and how often. */
public enum Aspect {
    /**
     * From the same weights: means, log-variances, latents and logits, relative to the largest entry of the tensor. A few
     * hundred float32 roundings add up in a logit.
     */
    @JsonProperty("activations")
    ACTIVATIONS("activations, same weights", 1e-4, true),
    /**
     * From the same weights: the terms of the loss of the batch, relative. A term that is a difference of larger numbers is not judged
     * by less than those, since it may be zero by chance: a KL that is estimated by latents, as a difference of log densities, not by
     * less than a nat for each dimension; and what a loss adds to the two terms of the ELBO not by less than a nat.
     */
    @JsonProperty("terms")
    TERMS("loss terms, same weights", 1e-5, true),
    /**
     * From the same weights: every entry of every gradient, relative to the largest entry of its layer.
     *
     * <p>Judged by the median over the steps. ReLU has no derivative at zero: where the value before it lies within
     * rounding of zero, two engines may take different sides, and the gradients of that step differ by what one image
     * contributes to one feature, a hundred times the tolerance. That happens now and then to any two engines; an engine
     * that computes something else differs in every step.
     */
    @JsonProperty("gradients")
    GRADIENTS("gradients, same weights", 1e-4, false),
    /**
     * After one update from the same weights and moments: every weight and running statistic, as a share of the distance
     * that {@link UpdateTolerance} allows for gradients within their tolerance; by the median, as gradients are.
     */
    @JsonProperty("update")
    UPDATE("one update, share of the allowed", 1, false),
    /**
     * Of two trainings that go their own ways from the same start: the loss of every step, relative. What is allowed is at
     * least what rounding alone comes to, see {@link ParityReport#ownDrift}.
     */
    @JsonProperty("loss")
    LOSS("loss, each with its own weights", 1e-3, true);

    private final String description;
    private final double tolerance;
    private final boolean everyStep;

    Aspect(String description, double tolerance, boolean everyStep) {
        this.description = description;
        this.tolerance = tolerance;
        this.everyStep = everyStep;
    }

    /** In words. */
    public String description() {
        return description;
    }

    /** The largest difference that passes, or at least does. */
    public double tolerance() {
        return tolerance;
    }

    /** Whether every step must be within the tolerance; if not, the median over the steps must. */
    public boolean everyStep() {
        return everyStep;
    }
}
