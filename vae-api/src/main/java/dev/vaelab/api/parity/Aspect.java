package dev.vaelab.api.parity;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is compared between two engines, and how close it must be. */
public enum Aspect {
    /**
     * From the same weights: means, log-variances, latents and logits, relative to the largest entry of the tensor. A few
     * hundred float32 roundings add up in a logit.
     */
    @JsonProperty("activations")
    ACTIVATIONS("activations, same weights", 1e-4),
    /** From the same weights: reconstruction and KL of the batch, relative. */
    @JsonProperty("terms")
    TERMS("loss terms, same weights", 1e-5),
    /** From the same weights: every entry of every gradient, relative to the largest entry of its layer. */
    @JsonProperty("gradients")
    GRADIENTS("gradients, same weights", 1e-4),
    /**
     * After one update from the same weights and moments: every weight and running statistic, as a share of the distance
     * that {@link TrainingTolerance} allows for gradients within their tolerance.
     */
    @JsonProperty("update")
    UPDATE("weights after one update, share of the allowed", 1),
    /** Of two trainings that go their own ways from the same start: the loss of every step, relative. */
    @JsonProperty("loss")
    LOSS("loss, each with its own weights", 1e-3);

    private final String description;
    private final double tolerance;

    Aspect(String description, double tolerance) {
        this.description = description;
        this.tolerance = tolerance;
    }

    /** In words. */
    public String description() {
        return description;
    }

    /** The largest difference that passes. */
    public double tolerance() {
        return tolerance;
    }
}
