package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;

/**
 * The {@code training.schedule} part: how the learning rate changes from epoch to epoch.
 *
 * @param name which schedule; default constant
 * @param every epochs after which the learning rate changes, for step only, where it defaults to 10
 * @param factor what it is multiplied by then, for step only, where it defaults to 0.1
 * @param stages how many there are, for geometric only, where it defaults to 8
 * @param growth how many times as long as the stage before a stage is, for geometric only, where it defaults to 3
 * @param endFactor what the learning rate is multiplied by in the last stage, for geometric only, where it defaults to 0.1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduleConfig(
        @JsonPropertyDescription("Which schedule.") Name name,

        @Positive @JsonPropertyDescription("Epochs after which the learning rate changes, for step only. Default: 10.")
        Integer every,

        @Positive @JsonPropertyDescription("What the learning rate is multiplied by then, for step only. Default: 0.1.")
        Double factor,

        @Min(2) @Max(100) @JsonPropertyDescription("Stages of the training, for geometric only. Default: 8.")
        Integer stages,

        @DecimalMin("0.01")
        @DecimalMax("100")
        @JsonPropertyDescription(
                "How many times as long as the stage before a stage is, for geometric only. Default: 3.")
        Double growth,

        @Positive
        @DecimalMax("1")
        @JsonPropertyDescription(
                "What the learning rate is multiplied by in the last stage, for geometric only. Default: 0.1.")
        Double endFactor) {
    /** The recipe's schedule. */
    public static final ScheduleConfig DEFAULT = new ScheduleConfig(null, null, null, null, null, null);

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
        COSINE,
        /**
         * Stages that grow geometrically, from each of which to the next the learning rate falls by one factor. The defaults
         * are those of Burda, Grosse and Salakhutdinov (2016, arXiv:1509.00519, section 5): 0.001 * 10^(-i/7) for 3^i epochs, i
         * from 0 to 7, 3280 epochs in all. A training of another length has stages of the same proportions: stage i ends
         * after the share (growth^0 + ... + growth^i) / (growth^0 + ... + growth^(stages-1)) of the epochs, rounded to
         * whole ones, so that a stage of less than half an epoch may have none.
         */
        @JsonProperty("geometric")
        GEOMETRIC
    }

    /** Fills in defaults. */
    public ScheduleConfig {
        name = name == null ? Name.CONSTANT : name;
        if (name == Name.STEP) {
            every = every == null ? Integer.valueOf(10) : every;
            factor = factor == null ? Double.valueOf(0.1) : factor;
        }
        if (name == Name.GEOMETRIC) {
            stages = stages == null ? Integer.valueOf(8) : stages;
            growth = growth == null ? Double.valueOf(3) : growth;
            endFactor = endFactor == null ? Double.valueOf(0.1) : endFactor;
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
            case GEOMETRIC -> Math.pow(endFactor, stageOf(epoch, epochs) / (stages - 1.0));
        };
    }

    /** The stage of an epoch, counted from 0. */
    private int stageOf(int epoch, int epochs) {
        double length = 1;
        double whole = 0;
        for (int stage = 0; stage < stages; stage++) {
            whole += length;
            length *= growth;
        }
        length = 1;
        double done = 0;
        for (int stage = 0; stage < stages - 1; stage++) {
            done += length;
            length *= growth;
            if (epoch <= Math.round(epochs * done / whole)) {
                return stage;
            }
        }
        return stages - 1;
    }
}
