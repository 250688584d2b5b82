package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.vaelab.api.text.DurationText;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.Optional;

/**
 * The {@code training} part.
 *
 * @param epochs passes over the training images; default 20
 * @param batchSize images of a training step; the last, partial batch is trained on too; default 128
 * @param optimizer how the weights change
 * @param schedule how the learning rate changes from epoch to epoch
 * @param clipNorm Euclidean length that all gradients together have at most; no limit if absent
 * @param earlyStopping when to give the training up before its last epoch; never if absent
 * @param accumulate batches whose gradients make one step of the optimizer; null for one, which each batch is then
 * @param average moving average of the weights, with which the model is evaluated; none if absent
 * @param maxTime time after which the training ends, as {@link DurationText} has it; no limit if absent
 * @param checkpointEvery steps of the optimizer after each of which the latest state is saved within an epoch, too; only after
 *     epochs if absent
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
        EarlyStoppingConfig earlyStopping,

        @Positive
        @JsonPropertyDescription(
                "Batches whose gradients make one step of the optimizer: what a batch of so many times the images would do,"
                        + " in less memory. Default: 1.")
        Integer accumulate,

        @JsonPropertyDescription("Moving average of the weights, with which the model is evaluated. Default: none.")
        AverageConfig average,

        @Pattern(regexp = DurationText.PATTERN, message = DurationText.EXPECTED)
        @JsonPropertyDescription(
                "Time after which the training ends with the batch in work, all sittings together. Default: no limit.")
        String maxTime,

        @Positive
        @JsonPropertyDescription(
                "Steps of the optimizer after each of which the latest state is saved within an epoch, too. Default: only"
                        + " after each epoch.")
        Integer checkpointEvery) {
    /** The recipe's training. */
    public static final TrainingConfig DEFAULT = new TrainingConfig(null, null, null, null, null, null);

    private static final int DEFAULT_EPOCHS = 20;
    private static final int DEFAULT_BATCH_SIZE = 128;

    /** Fills in defaults. */
    public TrainingConfig {
        epochs = epochs == null ? Integer.valueOf(DEFAULT_EPOCHS) : epochs;
        batchSize = batchSize == null ? Integer.valueOf(DEFAULT_BATCH_SIZE) : batchSize;
        optimizer = optimizer == null ? OptimizerConfig.DEFAULT : optimizer;
        schedule = schedule == null ? ScheduleConfig.DEFAULT : schedule;
        // What each batch does is not worth a line, so that runs of before and of now say the same.
        accumulate = Integer.valueOf(1).equals(accumulate) ? null : accumulate;
    }

    /** A training without accumulation, average, time limit and checkpoints within epochs. */
    public TrainingConfig(
            Integer epochs,
            Integer batchSize,
            OptimizerConfig optimizer,
            ScheduleConfig schedule,
            Double clipNorm,
            EarlyStoppingConfig earlyStopping) {
        this(epochs, batchSize, optimizer, schedule, clipNorm, earlyStopping, null, null, null, null);
    }

    /** The same with batches of another size. */
    public TrainingConfig withBatchSize(int size) {
        return new TrainingConfig(
                epochs,
                size,
                optimizer,
                schedule,
                clipNorm,
                earlyStopping,
                accumulate,
                average,
                maxTime,
                checkpointEvery);
    }

    /** Images of a step of the optimizer: those of all batches that it accumulates. */
    public int imagesPerStep() {
        return (int) Math.min(Integer.MAX_VALUE, (long) batchSize * (accumulate == null ? 1 : accumulate));
    }

    /** The time after which the training ends, if there is a limit. */
    public Optional<Duration> timeLimit() {
        return Optional.ofNullable(maxTime).map(DurationText::parse);
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
