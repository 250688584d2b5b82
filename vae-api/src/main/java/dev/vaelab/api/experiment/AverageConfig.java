package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * The {@code training.average} part: an exponential moving average of the weights, with which a model is evaluated in the place of
 * the weights themselves (B. T. Polyak and A. B. Juditsky, 1992; as {@code torch.optim.swa_utils.AveragedModel} with {@code
 * get_ema_multi_avg_fn} and Lightning's {@code WeightAveraging} keep it).
 *
 * <p>After each step of the optimizer, average = d * average + (1 - d) * weights. The average begins with the initial weights,
 * and d is small at first, so that they are soon forgotten: in step t, counted from 1, d = min(decay, (1 + t) / (10 + t)), as
 * TensorFlow's {@code ExponentialMovingAverage} with {@code num_updates} has it.
 *
 * @param decay d in the long run: the share of the average that is kept in each step; default 0.999
 */
public record AverageConfig(
        @PositiveOrZero @JsonPropertyDescription("Share of the average that each step keeps, below 1.")
        Double decay) {
    /** Fills in defaults. */
    public AverageConfig {
        decay = decay == null ? Double.valueOf(0.999) : decay;
    }

    /**
     * The share of the average that a step keeps.
     *
     * @param step of the optimizer, counted from 1
     */
    public double decayIn(long step) {
        return Math.min(decay, (1.0 + step) / (10.0 + step));
    }
}
