package dev.vaelab.api.parity;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.weights.NamedTensors;
import java.util.HashMap;
import java.util.Map;

/**
 * How far a training may lie from the reference's, if each of its gradients lies within a tolerance of the reference's.
 *
 * <p>Adam divides by the size of the gradient, so that a gradient that is nothing but rounding moves its weight by a full
 * step in a random direction. That is no fault of an engine, and it is the rule and not the exception: the biases before
 * batch normalization have gradients that are exactly zero. The tolerance follows from the update. Let d be the error of
 * an entry of the gradients, r the root of the bias-corrected second moment, m the bias-corrected first moment. m is a
 * weighted mean of gradients and r a weighted Euclidean norm of them, so neither is off by more than d, and the update
 * learningRate * m / (r + epsilon) is not off by more than 2 * learningRate * d / (r + epsilon) in first order, since m is
 * about as large as r at most. Nor can it be off by more than two full steps. The errors of the steps add up, and with
 * them the rounding of the weight to float32 in each step.
 *
 * <p>Running means follow the bias of the convolution before them, whose gradient is zero, and are allowed its distance.
 *
 * <p>So an entry with a healthy gradient must agree closely, an entry with a gradient near rounding is bounded by the
 * distance that it can travel, and with a large epsilon everything must agree closely.
 */
public final class TrainingTolerance {
    /** Distance from 1 to the next float32 number. */
    private static final double FLOAT32_STEP = 0x1p-23;

    /** Relative to the largest running statistic of a tensor. */
    private static final double STATISTIC_TOLERANCE = 1e-5;

    private final OptimizerSettings settings;
    private final double learningRate;
    private final double gradientTolerance;
    private final Map<String, double[]> weightTolerances = new HashMap<>();
    private OptimizerState last;
    private NamedTensors lastWeights;

    /** @param gradientTolerance error of an entry of a gradient, relative to the largest of its layer */
    public TrainingTolerance(OptimizerSettings settings, double learningRate, double gradientTolerance) {
        this.settings = settings;
        this.learningRate = learningRate;
        this.gradientTolerance = gradientTolerance;
    }

    /** Takes note of what the reference has come to after each step. */
    public void addStep(VaeModel<?> reference) {
        last = reference.optimizerState();
        lastWeights = reference.weights();
        for (String name : last.secondMoment().names()) {
            float[] weight = lastWeights.values(name);
            float[] second = last.secondMoment().values(name);
            double error = gradientError(name);
            double[] tolerances = weightTolerances.computeIfAbsent(name, unused -> new double[second.length]);
            for (int index = 0; index < second.length; index++) {
                double deviation = root(second[index]) + settings.epsilon();
                double rounding = FLOAT32_STEP * (Math.abs(weight[index]) + learningRate);
                tolerances[index] += learningRate * 2 * Math.min(1, error / deviation) + 2 * rounding;
            }
        }
    }

    /** For an entry of a weight or a running statistic. */
    public double ofTensor(String name, int index) {
        double[] tolerances = weightTolerances.get(name);
        return tolerances == null ? ofRunningStatistic(name, index) : tolerances[index];
    }

    private double ofRunningStatistic(String name, int index) {
        double own = STATISTIC_TOLERANCE * Scale.largest(lastWeights.values(name));
        return name.endsWith(".running_mean") ? own + ofTensor(biasBefore(name), index) : own;
    }

    /** For example {@code decoder.deconv2.bias} for {@code decoder.bn2.running_mean}. */
    private static String biasBefore(String runningMean) {
        String layer = runningMean.substring(0, runningMean.lastIndexOf('.'));
        return layer.replace("encoder.bn", "encoder.conv").replace("decoder.bn", "decoder.deconv") + ".bias";
    }

    /** For an entry of a first moment. */
    public double ofFirstMoment(String name) {
        return (1 - Math.pow(settings.beta1(), last.steps())) * gradientError(name);
    }

    /** For an entry of a second moment: the error of a mean of squares. */
    public double ofSecondMoment(String name, int index) {
        double error = gradientError(name);
        double deviation = root(last.secondMoment().values(name)[index]);
        return secondCorrection() * (2 * deviation + error) * error;
    }

    private double gradientError(String name) {
        return gradientTolerance * root(Scale.ofLayer(last.secondMoment(), name));
    }

    private double root(double second) {
        return Math.sqrt(second / secondCorrection());
    }

    private double secondCorrection() {
        return 1 - Math.pow(settings.beta2(), last.steps());
    }
}
