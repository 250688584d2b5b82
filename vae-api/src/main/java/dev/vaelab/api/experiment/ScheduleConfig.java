package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Positive;

/**
 * The {@code training.schedule} part: how the learning rate changes from epoch to epoch.
 *
 * @param name which schedule; default constant
 * @param every epochs after which the learning rate changes, for step only, where it defaults to 10
 * @param factor what it is multiplied by then, for step only, where it defaults to 0.1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduleConfig(
        @JsonPropertyDescription("Which schedule.") Name name,

        @Positive @JsonPropertyDescription("Epochs after which the learning rate changes, for step only. Default: 10.")
        Integer every,

        @Positive @JsonPropertyDescription("What the learning rate is multiplied by then, for step only. Default: 0.1.")
        Double factor) {
    /** The recipe's schedule. */
    public static final ScheduleConfig DEFAULT = new ScheduleConfig(null, null, null);

    /** The schedules that there are. */
    public enum Name {
        /** The same in every epoch. */
        @JsonProperty("constant")
        CONSTANT,
        /** Multiplied by the factor after every so many epochs, as PyTorch's {@code StepLR}. */
        @JsonProperty("step")
        STEP,
        /**
         * Half a cosine from the learning rate in the first epoch towards 0 after the last one (I. Loshchilov and F.
         * Hutter, 2017, arXiv:1608.03983, equation 5), as PyTorch's {@code CosineAnnealingLR} with one step an epoch.
         */
        @JsonProperty("cosine")
        COSINE
    }

    /** Fills in defaults. */
    public ScheduleConfig {
        name = name == null ? Name.CONSTANT : name;
        if (name == Name.STEP) {
            every = every == null ? Integer.valueOf(10) : every;
            factor = factor == null ? Double.valueOf(0.1) : factor;
        }
    }

    /**
     * What the learning rate is multiplied by in an epoch.
     *
     * @param epoch counted from 1
     * @param epochs of the whole training
     */
    public double shareIn(int epoch, int epochs) {
        return switch (name) {
            case CONSTANT -> 1;
            case STEP -> Math.pow(factor, (epoch - 1) / every);
            case COSINE -> (1 + Math.cos(Math.PI * (epoch - 1) / epochs)) / 2;
        };
    }
}
