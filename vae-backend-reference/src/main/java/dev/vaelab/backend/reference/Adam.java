package dev.vaelab.backend.reference;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.TensorSpecification;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adam, as {@link OptimizerSettings} defines it. */
final class Adam {
    private final OptimizerSettings settings;
    private final Map<String, DoubleTensor> firstMoments = new LinkedHashMap<>();
    private final Map<String, DoubleTensor> secondMoments = new LinkedHashMap<>();
    private long steps;

    /** Starts without a memory: no steps, moments of zero. */
    Adam(OptimizerSettings settings, Architecture architecture) {
        this.settings = settings;
        for (TensorSpecification specification : architecture.trainableTensors()) {
            int[] shape =
                    specification.shape().stream().mapToInt(Integer::intValue).toArray();
            DoubleTensor zeros = DoubleTensor.of(new double[specification.size()], shape);
            firstMoments.put(specification.name(), zeros);
            secondMoments.put(specification.name(), zeros);
        }
    }

    /** Makes one update of every weight that has a gradient. */
    void update(Weights weights, Map<String, DoubleTensor> gradients, double learningRate) {
        steps++;
        gradients.forEach((name, gradient) -> update(weights, name, gradient.values(), learningRate));
    }

    private void update(Weights weights, String name, double[] gradient, double learningRate) {
        double firstCorrection = 1 - Math.pow(settings.beta1(), steps);
        double secondCorrection = 1 - Math.pow(settings.beta2(), steps);
        double[] weight = weights.get(name).values().clone();
        double[] first = firstMoments.get(name).values().clone();
        double[] second = secondMoments.get(name).values().clone();
        for (int index = 0; index < weight.length; index++) {
            double slope = gradient[index];
            first[index] = settings.beta1() * first[index] + (1 - settings.beta1()) * slope;
            second[index] = settings.beta2() * second[index] + (1 - settings.beta2()) * slope * slope;
            double deviation = Math.sqrt(second[index] / secondCorrection);
            weight[index] -= learningRate * first[index] / firstCorrection / (deviation + settings.epsilon());
        }
        weights.replace(name, weights.get(name).withValues(weight));
        firstMoments.replace(name, firstMoments.get(name).withValues(first));
        secondMoments.replace(name, secondMoments.get(name).withValues(second));
    }

    /** A copy of what it remembers, rounded to float32. */
    OptimizerState state() {
        return new OptimizerState(steps, Weights.toOutside(firstMoments), Weights.toOutside(secondMoments));
    }

    /** Replaces what it remembers by a state that is known to fit the architecture. */
    void load(OptimizerState state) {
        steps = state.steps();
        firstMoments.putAll(Weights.fromOutside(state.firstMoment()));
        secondMoments.putAll(Weights.fromOutside(state.secondMoment()));
    }
}
