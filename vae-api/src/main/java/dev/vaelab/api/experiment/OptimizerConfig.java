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
 * @param beta1 decay of the running means of the gradients, below 1, for adam and adamw only, where it defaults to 0.9
 * @param beta2 decay of the running means of the squared gradients, likewise; default 0.999
 * @param epsilon added to the root of the latter, outside of its correction for bias, likewise; default 1e-8
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
        Double weightDecay,

        @PositiveOrZero
        @DecimalMax(value = "1", inclusive = false)
        @JsonPropertyDescription("Decay of the running means of the gradients, for adam and adamw only. Default: 0.9.")
        Double beta1,

        @PositiveOrZero
        @DecimalMax(value = "1", inclusive = false)
        @JsonPropertyDescription(
                "Decay of the running means of the squared gradients, for adam and adamw only. Default: 0.999.")
        Double beta2,

        @Positive
        @JsonPropertyDescription(
                "Added to the root of the mean of the squared gradients, for adam and adamw only. Default: 1e-8.")
        Double epsilon) {
    /** The recipe's optimizer. */
    public static final OptimizerConfig DEFAULT = new OptimizerConfig(null, null);

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
        if (name != Name.SGD) {
            beta1 = beta1 == null ? Double.valueOf(OptimizerSettings.ADAM.beta1()) : beta1;
            beta2 = beta2 == null ? Double.valueOf(OptimizerSettings.ADAM.beta2()) : beta2;
            epsilon = epsilon == null ? Double.valueOf(OptimizerSettings.ADAM.epsilon()) : epsilon;
        }
    }

    /** An optimizer with the defaults of its own keys. */
    public OptimizerConfig(Name name, Double learningRate) {
        this(name, learningRate, null, null, null, null, null);
    }

    /** The optimizer as backends know it. */
    public OptimizerSettings settings() {
        return switch (name) {
            case ADAM -> new OptimizerSettings.Adam(beta1, beta2, epsilon, 0);
            case ADAMW -> new OptimizerSettings.Adam(beta1, beta2, epsilon, weightDecay);
            case SGD -> new OptimizerSettings.Sgd(momentum);
        };
    }
}
