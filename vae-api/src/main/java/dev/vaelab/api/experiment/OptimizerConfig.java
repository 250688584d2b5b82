package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.vaelab.api.backend.OptimizerSettings;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * The {@code training.optimizer} part.
 *
 * @param name which optimizer; default adam
 * @param learningRate step size; default 0.001
 * @param momentum share of the velocity that is kept, below 1, for sgd only, where it defaults to 0.9
 * @param weightDecay share of a weight that is taken away with each unit of the learning rate, for adamw only, where it
 *     defaults to 0.01
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OptimizerConfig(
        @JsonPropertyDescription("Which optimizer.") Name name,

        @Positive @JsonPropertyDescription("Step size.") Double learningRate,

        @PositiveOrZero
        @DecimalMax(value = "1", inclusive = false)
        @JsonPropertyDescription("Share of the velocity that is kept, for sgd only. Default: 0.9.")
        Double momentum,

        @PositiveOrZero
        @JsonPropertyDescription(
                "Share of a weight that is taken away with each unit of the learning rate, for adamw only. Default: 0.01.")
        Double weightDecay) {
    /** The recipe's optimizer. */
    public static final OptimizerConfig DEFAULT = new OptimizerConfig(null, null, null, null);

    /** The optimizers that there are, with PyTorch's defaults. */
    public enum Name {
        /** {@link OptimizerSettings.Adam} without weight decay. */
        @JsonProperty("adam")
        ADAM,
        /** {@link OptimizerSettings.Adam} with weight decay. */
        @JsonProperty("adamw")
        ADAMW,
        /** {@link OptimizerSettings.Sgd}. */
        @JsonProperty("sgd")
        SGD
    }

    /** Fills in defaults. */
    public OptimizerConfig {
        name = name == null ? Name.ADAM : name;
        learningRate = learningRate == null ? Double.valueOf(0.001) : learningRate;
        momentum = momentum == null && name == Name.SGD ? Double.valueOf(0.9) : momentum;
        weightDecay = weightDecay == null && name == Name.ADAMW ? Double.valueOf(0.01) : weightDecay;
    }

    /** The optimizer as backends know it. */
    public OptimizerSettings settings() {
        return switch (name) {
            case ADAM -> OptimizerSettings.ADAM;
            case ADAMW -> OptimizerSettings.ADAM.withWeightDecay(weightDecay);
            case SGD -> new OptimizerSettings.Sgd(momentum);
        };
    }
}
