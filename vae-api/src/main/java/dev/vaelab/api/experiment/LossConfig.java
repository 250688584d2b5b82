package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.vaelab.api.backend.Reconstruction;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * The {@code loss} part.
 *
 * @param reconstruction likelihood of the images; default bce
 * @param beta weight of the KL term; default 1, the ELBO
 */
public record LossConfig(
        @JsonPropertyDescription("Likelihood of the images given the latents.")
        Reconstruction reconstruction,

        @PositiveOrZero @JsonPropertyDescription("Weight of the KL term; 1 gives the evidence lower bound.")
        Double beta) {
    /** The recipe's loss. */
    public static final LossConfig DEFAULT = new LossConfig(null, null);

    /** Fills in defaults. */
    public LossConfig {
        reconstruction = reconstruction == null ? Reconstruction.BCE : reconstruction;
        beta = beta == null ? Double.valueOf(1) : beta;
    }
}
