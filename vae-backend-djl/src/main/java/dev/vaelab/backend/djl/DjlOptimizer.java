package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An optimizer of the learned tensors of a model, with its slots inside the engine.
 *
 * <p>Every trainable tensor has its place in a slot, but only those that are learned are updated: for the others, whose
 * gradient is zero by definition, an update would change nothing.
 */
abstract class DjlOptimizer implements AutoCloseable {
    private final Map<String, EngineTensors> slots = new LinkedHashMap<>();
    private final List<IValue> lists = new ArrayList<>();
    private final List<TensorSpecification> learned;
    private final IValue weights;
    private long steps;

    /**
     * Starts without memory, at step 0; the slots belong to the manager.
     *
     * @param learned the tensors to update, in canonical order
     */
    DjlOptimizer(
            OptimizerSettings settings,
            NDManager manager,
            Architecture architecture,
            List<TensorSpecification> learned,
            EngineTensors weights) {
        this.learned = learned;
        for (String slot : settings.slots()) {
            slots.put(slot, new EngineTensors(manager, architecture, architecture.trainableTensors()));
        }
        // PyTorch lets nobody write to a tensor that is recorded for gradients, but to another view of its memory.
        this.weights = list(
                Arrays.stream(weights.get(learned)).map(NDArray::stopGradient).toArray(PtNDArray[]::new));
    }

    /** The optimizer of these settings. */
    static DjlOptimizer of(
            OptimizerSettings settings,
            NDManager manager,
            Architecture architecture,
            List<TensorSpecification> learned,
            TorchOperators operators,
            EngineTensors weights) {
        return settings instanceof OptimizerSettings.Adam adam
                ? new DjlAdam(adam, manager, architecture, learned, operators, weights)
                : new DjlSgd((OptimizerSettings.Sgd) settings, manager, architecture, learned, operators, weights);
    }

    /** Changes the weights by one step against the gradients of the learned tensors, given in canonical order. */
    final void update(PtNDArray[] gradients, double learningRate) {
        steps++;
        update(weights, gradients, steps, learningRate);
    }

    /**
     * Changes the weights and what is remembered of them.
     *
     * @param step number of this update, counted from 1
     */
    abstract void update(IValue weights, PtNDArray[] gradients, long step, double learningRate);

    /** The tensors of a slot that are updated, as the engine's list; {@link #close} frees it. */
    final IValue slot(String name) {
        return list(slots.get(name).get(learned));
    }

    private IValue list(PtNDArray[] tensors) {
        IValue list = IValue.listFrom(tensors);
        lists.add(list);
        return list;
    }

    /** A copy of everything that it remembers. */
    final OptimizerState state() {
        Map<String, NamedTensors> copies = new LinkedHashMap<>();
        slots.forEach((name, tensors) -> copies.put(name, tensors.canonical()));
        return new OptimizerState(steps, copies);
    }

    /** Replaces everything that it remembers by a state that {@link OptimizerState#requireFits} has let through. */
    final void load(OptimizerState state) {
        slots.forEach((name, tensors) -> tensors.load(state.slot(name)));
        steps = state.steps();
    }

    /** Frees the engine's lists; the tensors in them belong to managers. */
    @Override
    public final void close() {
        lists.forEach(IValue::close);
    }
}
