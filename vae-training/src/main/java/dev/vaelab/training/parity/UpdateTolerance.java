package dev.vaelab.training.parity;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.weights.NamedTensors;
import java.util.HashMap;
import java.util.Map;

/**
 * How far updates may lead from the reference's, if each entry of each gradient lies within a tolerance of the
 * reference's.
 *
 * <p>What an optimizer makes of an error in a gradient depends on the optimizer, and is derived from its update where it
 * stands. The errors of the steps add up, and with them the rounding of the weight to float32 in each step.
 */
public abstract sealed class UpdateTolerance permits AdamTolerance, SgdTolerance {
    /** Distance from 1 to the next float32 number. */
    private static final double FLOAT32_STEP = 0x1p-23;

    /** Relative to the largest running statistic of a tensor. */
    private static final double STATISTIC_TOLERANCE = 1e-5;

    private final Map<String, double[]> ofWeights = new HashMap<>();
    private NamedTensors weights;

    /** For the optimizers of this package. */
    UpdateTolerance() {}

    /**
     * The tolerance before the first step.
     *
     * @param settings the optimizer
     * @param gradientTolerance error of an entry of a gradient, relative to the largest entry of its layer
     */
    public static UpdateTolerance of(OptimizerSettings settings, double gradientTolerance) {
        return settings.match(
                adam -> new AdamTolerance(adam, gradientTolerance), sgd -> new SgdTolerance(sgd, gradientTolerance));
    }

    /**
     * Takes note of a step.
     *
     * @param before what the reference's optimizer remembered before it
     * @param reference as the step left it
     * @param learningRate of the step
     */
    public final void addStep(OptimizerState before, VaeModel<?> reference, double learningRate) {
        OptimizerState after = reference.optimizerState();
        weights = reference.weights();
        note(before, after);
        for (String name : after.slots().values().iterator().next().names()) {
            float[] values = weights.values(name);
            double[] tolerances = ofWeights.computeIfAbsent(name, unused -> new double[values.length]);
            for (int index = 0; index < values.length; index++) {
                double rounding = FLOAT32_STEP * (Math.abs(values[index]) + learningRate);
                tolerances[index] += learningRate * ofDirection(name, index) + 2 * rounding;
            }
        }
    }

    /** For an entry of a weight or a running statistic. */
    public final double ofTensor(String name, int index) {
        double[] tolerances = ofWeights.get(name);
        return tolerances == null ? STATISTIC_TOLERANCE * Scale.largest(weights.values(name)) : tolerances[index];
    }

    /** For an entry of what the optimizer remembers. */
    public abstract double ofSlot(String slot, String name, int index);

    /** Takes note of what a step made of the optimizer's memory. */
    abstract void note(OptimizerState before, OptimizerState after);

    /** For an entry of what the weight was moved by in the last step, in units of the learning rate. */
    abstract double ofDirection(String name, int index);
}
