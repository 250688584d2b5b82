package dev.vaelab.backend.dl4j;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.backend.dl4j.operation.Arrays;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Changes the parameters of networks by their gradients, over the whole parameter vector of each. */
abstract class Optimizer implements AutoCloseable {
    private final List<INDArray> vectors = new ArrayList<>();
    private final Map<String, CanonicalTensors> slots = new LinkedHashMap<>();
    private long steps;

    /** The optimizer of these settings, without a memory. */
    static Optimizer of(OptimizerSettings settings, List<Network> networks) {
        return settings instanceof OptimizerSettings.Adam adam
                ? new Adam(adam, networks)
                : new Sgd((OptimizerSettings.Sgd) settings, networks);
    }

    /** A new vector of zeros, as long as the parameters of a network, which is the network's part of a slot. */
    final INDArray remember(String slot, Network network) {
        INDArray vector = Arrays.zeros(network.parameters().shape());
        vectors.add(vector);
        slots.computeIfAbsent(slot, unused -> new CanonicalTensors()).putAll(network.tensorsIn(vector));
        return vector;
    }

    /** Applies the gradients of the networks to their parameters. */
    final void step(double learningRate) {
        steps++;
        update(learningRate);
    }

    /** Changes the parameters; the steps count this one already. */
    abstract void update(double learningRate);

    /** Updates made so far, the present one included. */
    final long steps() {
        return steps;
    }

    /** A copy of what it remembers. */
    final OptimizerState state(Architecture architecture) {
        Map<String, NamedTensors> outside = new LinkedHashMap<>();
        slots.forEach((slot, tensors) -> outside.put(slot, tensors.read(architecture.trainableTensors())));
        return new OptimizerState(steps, outside);
    }

    /** Replaces what it remembers by a state that is known to fit. */
    final void load(OptimizerState state) {
        steps = state.steps();
        state.slots().forEach((slot, tensors) -> slots.get(slot).write(tensors));
    }

    /** Frees what it remembers. */
    @Override
    public void close() {
        vectors.forEach(INDArray::close);
    }
}
