package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Positive;

/**
 * The {@code training} part.
 *
 * @param epochs passes over the training images; default 20
 * @param batchSize images of a training step; the last, partial batch is trained on too; default 128
 * @param optimizer how the weights change
 */
public record TrainingConfig(
        @Positive @JsonPropertyDescription("Passes over the training images.")
        Integer epochs,

        @Positive @JsonPropertyDescription("Images of a training step.")
        Integer batchSize,

        @JsonPropertyDescription("How the weights change.") OptimizerConfig optimizer) {
    /** The recipe's training. */
    public static final TrainingConfig DEFAULT = new TrainingConfig(null, null, null);

    /** Fills in defaults. */
    public TrainingConfig {
        epochs = epochs == null ? Integer.valueOf(20) : epochs;
        batchSize = batchSize == null ? Integer.valueOf(128) : batchSize;
        optimizer = optimizer == null ? OptimizerConfig.DEFAULT : optimizer;
    }
}
