package dev.vaelab.testkit;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.weights.NamedTensors;
import java.util.HashMap;
import java.util.Map;

/**
 * How far a training may come from the reference's, if each of its gradients is within the tolerance of gradients.
 *
 * <p>Adam divides a gradient by its size, so that one that is hardly more than rounding moves its weight a full step in
 * a direction that rounding chooses. That is no fault of an engine. What may be asked of a weight follows from the
 * update, learningRate * m / (r + epsilon), with the bias-corrected first moment m and the root r of the bias-corrected
 * second one. Let every gradient be off by d at most. Then neither m, a weighted mean of gradients, nor r, a weighted
 * Euclidean norm of them, is off by more than d, and m is hardly ever larger than r; so the update is off by no more
 * than 2 * learningRate * d / (r + epsilon), to first order. It cannot be off by more than two full steps either. The
 * errors of the steps add up, and with them the rounding of the weight to float32 in each.
 *
 * <p>So a weight with a healthy gradient must follow the reference closely, one whose gradient is near rounding is
 * bounded by the way that it can go, and with a large epsilon every weight must follow closely.
 */
final class TrainingTolerance {
    /** Distance from 1 to the next float32 number. */
    private static final double FLOAT32_STEP = 0x1p-23;

    private final OptimizerSettings settings;
    private final Map<String, double[]> ofWeights = new HashMap<>();
    private OptimizerState state;
    private NamedTensors weights;

    /** Before the first step. */
    TrainingTolerance(OptimizerSettings settings) {
        this.settings = settings;
    }

    /** Takes note of what the reference has come to after a step of this learning rate. */
    void addStep(VaeModel<?> reference, double learningRate) {
        state = reference.optimizerState();
        weights = reference.weights();
        for (String name : state.secondMoment().names()) {
            float[] values = weights.values(name);
            double error = gradientError(name);
            double[] tolerances = ofWeights.computeIfAbsent(name, unused -> new double[values.length]);
            for (int index = 0; index < values.length; index++) {
                double share = Math.min(1, error / (deviation(name, index) + settings.epsilon()));
                double rounding = FLOAT32_STEP * (Math.abs(values[index]) + learningRate);
                tolerances[index] += learningRate * 2 * share + rounding;
            }
        }
    }

    /** For the entries of a weight or of a running statistic. */
    Comparison.Tolerance ofWeights(String name) {
        double[] tolerances = ofWeights.get(name);
        return tolerances == null ? Tolerances.ofValues(weights.values(name)) : index -> tolerances[index];
    }

    /** For the entries of a first moment. */
    Comparison.Tolerance ofFirstMoments(String name) {
        double tolerance = (1 - Math.pow(settings.beta1(), state.steps())) * gradientError(name);
        return index -> tolerance;
    }

    /** For the entries of a second moment, a mean of squares: (g + d)^2 - g^2. */
    Comparison.Tolerance ofSecondMoments(String name) {
        double error = gradientError(name);
        return index -> secondCorrection() * (2 * deviation(name, index) + error) * error;
    }

    private double gradientError(String name) {
        return Tolerances.ofGradientBySquares(state.secondMoment().values(name)) / Math.sqrt(secondCorrection());
    }

    private double deviation(String name, int index) {
        return Math.sqrt(state.secondMoment().values(name)[index] / secondCorrection());
    }

    private double secondCorrection() {
        return 1 - Math.pow(settings.beta2(), state.steps());
    }
}
