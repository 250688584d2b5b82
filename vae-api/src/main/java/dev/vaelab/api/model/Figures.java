package dev.vaelab.api.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The terms of the negative ELBO, averaged over the images of a batch or a split, in nats per image.
 *
 * @param reconstruction -log p(x|z)
 * @param kl KL(q(z|x) || N(0, I)), without beta
 */
@JsonIgnoreProperties(value = "total", allowGetters = true)
public record Figures(double reconstruction, double kl) {
    /** The negative ELBO: reconstruction + KL. Written to files for people, not read back. */
    @JsonProperty("total")
    public double total() {
        return reconstruction + kl;
    }

    /** What training minimizes: reconstruction + beta * KL. */
    public double loss(double beta) {
        return reconstruction + beta * kl;
    }

    /** Whether both terms are numbers that a training can go on with. */
    @JsonIgnore
    public boolean finite() {
        return Double.isFinite(reconstruction) && Double.isFinite(kl);
    }
}
