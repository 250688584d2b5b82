package dev.vaelab.backend.reference;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an optimizer remembers, slot by slot and tensor by tensor. */
abstract class Optimizer {
    private final Map<String, Map<String, DoubleTensor>> slots = new LinkedHashMap<>();
    private long steps;

    /** Starts without a memory: no steps, zeros in every slot. */
    Optimizer(OptimizerSettings settings, Architecture architecture) {
        for (String slot : settings.slots()) {
            Map<String, DoubleTensor> tensors = new LinkedHashMap<>();
            for (TensorSpecification specification : architecture.trainableTensors()) {
                int[] shape = specification.shape().stream()
                        .mapToInt(Integer::intValue)
                        .toArray();
                tensors.put(specification.name(), DoubleTensor.of(new double[specification.size()], shape));
            }
            slots.put(slot, tensors);
        }
    }

    /** The optimizer of these settings. */
    static Optimizer of(OptimizerSettings settings, Architecture architecture) {
        return settings instanceof OptimizerSettings.Adam adam
                ? new Adam(adam, architecture)
                : new Sgd((OptimizerSettings.Sgd) settings, architecture);
    }

    /** Makes one update of every weight that has a gradient. */
    final void update(Weights weights, Map<String, DoubleTensor> gradients, double learningRate) {
        steps++;
        gradients.forEach((name, gradient) -> {
            double[] weight = weights.get(name).values().clone();
            update(name, weight, gradient.values(), learningRate);
            weights.replace(name, weights.get(name).withValues(weight));
        });
    }

    /**
     * Updates one weight.
     *
     * @param weight changed in place
     */
    abstract void update(String name, double[] weight, double[] gradient, double learningRate);

    /** Updates made so far, the present one included. */
    final long steps() {
        return steps;
    }

    /** A copy of what a slot remembers of a tensor. */
    final double[] remembered(String slot, String name) {
        return slots.get(slot).get(name).values().clone();
    }

    /** Replaces what a slot remembers of a tensor. */
    final void remember(String slot, String name, double[] values) {
        slots.get(slot).compute(name, (unused, tensor) -> tensor.withValues(values));
    }

    /** A copy of what it remembers, rounded to float32. */
    final OptimizerState state() {
        Map<String, NamedTensors> outside = new LinkedHashMap<>();
        slots.forEach((slot, tensors) -> outside.put(slot, Weights.toOutside(tensors)));
        return new OptimizerState(steps, outside);
    }

    /** Replaces what it remembers by a state that is known to fit. */
    final void load(OptimizerState state) {
        steps = state.steps();
        state.slots().forEach((slot, tensors) -> slots.get(slot).putAll(Weights.fromOutside(tensors)));
    }
}
