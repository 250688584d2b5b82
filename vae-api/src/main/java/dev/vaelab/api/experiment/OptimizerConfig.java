package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Positive;

/**
 * The {@code training.optimizer} part.
 *
 * @param name which optimizer; default adam
 * @param learningRate step size; default 0.001
 */
public record OptimizerConfig(
        @JsonPropertyDescription("Which optimizer.") Name name,

        @Positive @JsonPropertyDescription("Step size.") Double learningRate) {
    /** The recipe's optimizer. */
    public static final OptimizerConfig DEFAULT = new OptimizerConfig(null, null);

    /** The optimizers that there are. */
    public enum Name {
        /** Adam with PyTorch's defaults, see {@link dev.vaelab.api.backend.OptimizerSettings}. */
        @JsonProperty("adam")
        ADAM
    }

    /** Fills in defaults. */
    public OptimizerConfig {
        name = name == null ? Name.ADAM : name;
        learningRate = learningRate == null ? Double.valueOf(0.001) : learningRate;
    }
}
