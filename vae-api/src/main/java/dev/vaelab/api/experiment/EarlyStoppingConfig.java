package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * The {@code training.earlyStopping} part: when to give a training up before its last epoch.
 *
 * @param patience epochs without improvement after which the training ends; default 3
 * @param minDelta by how much the validation loss must fall to count as improvement, in nats per image; default 0
 */
public record EarlyStoppingConfig(
        @Positive @JsonPropertyDescription("Epochs without improvement after which the training ends.")
        Integer patience,

        @PositiveOrZero
        @JsonPropertyDescription(
                "By how much the validation loss must fall to count as improvement, in nats per image.")
        Double minDelta) {
    /** What a file that names the part and nothing in it means. */
    public static final EarlyStoppingConfig DEFAULT = new EarlyStoppingConfig(null, null);

    /** Fills in defaults. */
    public EarlyStoppingConfig {
        patience = patience == null ? Integer.valueOf(3) : patience;
        minDelta = minDelta == null ? Double.valueOf(0) : minDelta;
    }
}
