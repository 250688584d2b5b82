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
 * <p>Every trainable tensor has its place in a slot, but only those that are learned have a gradient: that of the others, the
 * absorbed ones, is zero by definition. What an optimizer does to a tensor without a gradient is its own business.
 */
abstract class DjlOptimizer implements AutoCloseable {
    private final Map<String, EngineTensors> slots = new LinkedHashMap<>();
    private final List<IValue> lists = new ArrayList<>();
    private final List<TensorSpecification> learned;
    private final List<TensorSpecification> absorbed;
    private final EngineTensors tensors;
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
        absorbed = architecture.trainableTensors().stream()
                .filter(tensor -> !learned.contains(tensor))
                .toList();
        tensors = weights;
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
            TorchUpdates updates,
            EngineTensors weights) {
        return settings instanceof OptimizerSettings.Adam adam
                ? new DjlAdam(adam, manager, architecture, learned, updates, weights)
                : new DjlSgd((OptimizerSettings.Sgd) settings, manager, architecture, learned, updates, weights);
    }

    /** Changes the weights by one step against the gradients of the learned tensors, given in canonical order. */
    final void update(IValue gradients, double learningRate) {
        steps++;
        update(weights, gradients, steps, learningRate);
    }

    /**
     * Changes the weights and what is remembered of them.
     *
     * @param step number of this update, counted from 1
     */
    abstract void update(IValue weights, IValue gradients, long step, double learningRate);

    /** The learned tensors' part of a slot, as the engine's list; {@link #close} frees it. */
    final IValue slot(String name) {
        return list(slots.get(name).get(learned));
    }

    /** The absorbed tensors' part of a slot. */
    final IValue absorbedSlot(String name) {
        return list(slots.get(name).get(absorbed));
    }

    /** The absorbed tensors of the model. */
    final IValue absorbedWeights() {
        return list(tensors.get(absorbed));
    }

    /** Their gradients. */
    final IValue absorbedGradients() {
        return list(Arrays.stream(tensors.get(absorbed)).map(NDArray::zerosLike).toArray(PtNDArray[]::new));
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
