package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.TensorSpecification;
import java.util.List;

/**
 * Adam over the trainable tensors of a model, with its moments inside the engine.
 *
 * <p>Every trainable tensor has moments, but only those that are learned are updated: for the others, whose gradient is
 * zero by definition, an update would change nothing.
 */
final class DjlAdam implements AutoCloseable {
    private final OptimizerSettings settings;
    private final TorchOperators operators;
    private final EngineTensors firstMoments;
    private final EngineTensors secondMoments;
    private final IValue weightList;
    private final IValue firstMomentList;
    private final IValue secondMomentList;
    private long steps;

    /**
     * Starts without memory, at step 0; the moments belong to the manager.
     *
     * @param learned the tensors to update, in canonical order
     */
    DjlAdam(
            NDManager manager,
            Architecture architecture,
            List<TensorSpecification> learned,
            OptimizerSettings settings,
            TorchOperators operators,
            EngineTensors weights) {
        this.settings = settings;
        this.operators = operators;
        List<TensorSpecification> trainable = architecture.trainableTensors();
        firstMoments = new EngineTensors(manager, architecture, trainable);
        secondMoments = new EngineTensors(manager, architecture, trainable);
        weightList = IValue.listFrom(weights.get(learned));
        firstMomentList = IValue.listFrom(firstMoments.get(learned));
        secondMomentList = IValue.listFrom(secondMoments.get(learned));
    }

    /** Changes the weights by one step against the gradients of the learned tensors, given in canonical order. */
    void update(PtNDArray[] gradients, double learningRate) {
        steps++;
        operators.adam(weightList, gradients, firstMomentList, secondMomentList, steps, learningRate, settings);
    }

    /** The learned tensors, in canonical order. */
    IValue weightList() {
        return weightList;
    }

    /** A copy of everything that it remembers. */
    OptimizerState state() {
        return new OptimizerState(steps, firstMoments.canonical(), secondMoments.canonical());
    }

    /** Replaces everything that it remembers by a state that {@link OptimizerState#requireFits} has let through. */
    void load(OptimizerState state) {
        firstMoments.load(state.firstMoment());
        secondMoments.load(state.secondMoment());
        steps = state.steps();
    }

    /** Frees the engine's lists; the tensors in them belong to managers. */
    @Override
    public void close() {
        weightList.close();
        firstMomentList.close();
        secondMomentList.close();
    }
}
