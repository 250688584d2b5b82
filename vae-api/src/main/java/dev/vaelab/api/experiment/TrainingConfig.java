package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Positive;

/**
 * The {@code training} part.
 *
 * @param epochs passes over the training images; default 20
 * @param batchSize images of a training step; the last, partial batch is trained on too; default 128
 * @param optimizer how the weights change
 * @param schedule how the learning rate changes from epoch to epoch
 * @param clipNorm Euclidean length that all gradients together have at most; no limit if absent
 * @param earlyStopping when to give the training up before its last epoch; never if absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingConfig(
        @Positive @JsonPropertyDescription("Passes over the training images.")
        Integer epochs,

        @Positive @JsonPropertyDescription("Images of a training step.")
        Integer batchSize,

        @JsonPropertyDescription("How the weights change.") OptimizerConfig optimizer,

        @JsonPropertyDescription("How the learning rate changes from epoch to epoch.")
        ScheduleConfig schedule,

        @Positive
        @JsonPropertyDescription("Euclidean length that all gradients together have at most. Default: no limit.")
        Double clipNorm,

        @JsonPropertyDescription("When to give the training up before its last epoch. Default: never.")
        EarlyStoppingConfig earlyStopping) {
    /** The recipe's training. */
    public static final TrainingConfig DEFAULT = new TrainingConfig(null, null, null, null, null, null);

    /** Fills in defaults. */
    public TrainingConfig {
        epochs = epochs == null ? Integer.valueOf(20) : epochs;
        batchSize = batchSize == null ? Integer.valueOf(128) : batchSize;
        optimizer = optimizer == null ? OptimizerConfig.DEFAULT : optimizer;
        schedule = schedule == null ? ScheduleConfig.DEFAULT : schedule;
    }

    /**
     * The learning rate of an epoch.
     *
     * @param epoch counted from 1
     */
    public double learningRateIn(int epoch) {
        return optimizer.learningRate() * schedule.shareIn(epoch, epochs);
    }
}
