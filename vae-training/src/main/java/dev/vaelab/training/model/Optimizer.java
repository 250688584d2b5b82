package dev.vaelab.training.model;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.ParameterUpdate;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.weights.NamedTensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An optimizer at work: what it remembers of each parameter, and how often it has changed them.
 *
 * @param <T> the engine's tensor
 */
final class Optimizer<T> implements AutoCloseable {
    private final TensorOperations<T> operations;
    private final ParameterList<T> parameters;
    private final List<T> targets;
    private final ParameterUpdate<T> update;
    private final Map<String, List<T>> slots = new LinkedHashMap<>();
    private long steps;

    /** Starts without a memory. */
    Optimizer(
            OptimizerSettings settings,
            TensorOperations<T> operations,
            ParameterList<T> parameters,
            ParameterUpdate<T> update) {
        this.operations = operations;
        this.parameters = parameters;
        this.targets = parameters.all();
        this.update = update;
        for (String slot : settings.slots()) {
            slots.put(slot, targets.stream().map(this::zeros).toList());
        }
    }

    private T zeros(T parameter) {
        int[] shape = operations.shape(parameter);
        return operations.variable(new float[Shapes.size(shape)], shape);
    }

    /** Changes the parameters by one step against their gradients, and gives its number, counted from 1. */
    long step(List<T> gradients, double learningRate) {
        steps++;
        update.apply(targets, gradients, slots, steps, learningRate);
        return steps;
    }

    /** A copy of what it remembers. */
    OptimizerState state() {
        Map<String, NamedTensors> copies = new LinkedHashMap<>();
        slots.forEach((slot, tensors) -> copies.put(slot, parameters.read(tensors)));
        return new OptimizerState(steps, copies);
    }

    /** Replaces what it remembers by a state that is known to fit. */
    void load(OptimizerState state) {
        slots.forEach((slot, tensors) -> parameters.write(state.slot(slot), tensors));
        steps = state.steps();
    }

    @Override
    public void close() {
        slots.values().forEach(tensors -> tensors.forEach(operations::free));
    }
}
