package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import dev.vaelab.api.tensor.TensorRole;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of a network inside the engine, in the engine's layout. They are written in place: a reference to one stays good.
 *
 * <p>PyTorch lets nobody write to a tensor that is recorded for gradients, but to another view of its memory. So what is learned has
 * two: a variable, for those who write, and a leaf of what is recorded.
 */
final class NetworkTensors implements AutoCloseable {
    private final DjlOperations operations;
    private final NetworkLowering lowering;
    private final List<TensorSpecification> trainable = new ArrayList<>();
    private final List<TensorSpecification> running = new ArrayList<>();
    private final Map<String, NDArray> variables = new LinkedHashMap<>();
    private final Map<String, NDArray> leaves = new LinkedHashMap<>();
    private final Map<String, NDArray> zeros = new HashMap<>();

    /** Tensors of zeros. */
    NetworkTensors(NetworkLowering lowering, DjlOperations operations) {
        this.operations = operations;
        this.lowering = lowering;
        for (TensorSpecification specification : lowering.specification().tensors()) {
            String name = specification.name();
            (specification.role().trainable() ? trainable : running).add(specification);
            variables.put(name, zeros(specification));
            if (specification.role() == TensorRole.ABSORBED) {
                zeros.put(name, zeros(specification));
            } else if (specification.role().trainable()) {
                NDArray leaf = variables.get(name).stopGradient();
                leaf.setRequiresGradient(true);
                leaves.put(name, leaf);
            }
        }
    }

    private NDArray zeros(TensorSpecification specification) {
        return operations.variable(
                new float[specification.size()], layout(specification).sizes());
    }

    private TensorLayout layout(TensorSpecification specification) {
        return lowering.layout(specification);
    }

    /** What layers compute with: the leaf of a tensor that is learned, else the tensor. */
    NDArray get(String name) {
        return leaves.getOrDefault(name, variables.get(name));
    }

    /** The leaves, by which a pass is differentiated. */
    List<NDArray> leaves() {
        return List.copyOf(leaves.values());
    }

    /** What an optimizer changes, biases that are absorbed included. */
    List<NDArray> parameters() {
        return trainable.stream().map(tensor -> variables.get(tensor.name())).toList();
    }

    /** Running means and variances. */
    List<NDArray> statistics() {
        return running.stream().map(tensor -> variables.get(tensor.name())).toList();
    }

    /** The derivatives by the leaves, completed by zeros for what is absorbed. */
    List<NDArray> withAbsorbed(List<PtNDArray> byLeaves) {
        List<NDArray> all = new ArrayList<>();
        int next = 0;
        for (TensorSpecification tensor : trainable) {
            NDArray zero = zeros.get(tensor.name());
            all.add(zero == null ? byLeaves.get(next++) : zero);
        }
        return all;
    }

    /** Copies tensors of the layout of {@link #parameters} out of the engine. */
    NamedTensors readParameters(List<NDArray> tensors) {
        return read(trainable, tensors);
    }

    /** Copies the running statistics out of the engine. */
    NamedTensors readStatistics() {
        return read(running, statistics());
    }

    private NamedTensors read(List<TensorSpecification> specifications, List<NDArray> tensors) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (int index = 0; index < tensors.size(); index++) {
            TensorSpecification specification = specifications.get(index);
            float[] values = layout(specification).toCanonical(operations.download(tensors.get(index)));
            named.put(specification.name(), new Tensor(specification.shape(), values));
        }
        return new NamedTensors(named);
    }

    /** Copies values into variables of the layout of {@link #parameters}. */
    void writeParameters(NamedTensors tensors, List<NDArray> targets) {
        write(trainable, tensors, targets);
    }

    /** Replaces the running statistics. */
    void writeStatistics(NamedTensors tensors) {
        write(running, tensors, statistics());
    }

    private void write(List<TensorSpecification> specifications, NamedTensors tensors, List<NDArray> targets) {
        for (int index = 0; index < targets.size(); index++) {
            TensorSpecification specification = specifications.get(index);
            operations.write(targets.get(index), layout(specification).toEngine(tensors.values(specification.name())));
        }
    }

    @Override
    public void close() {
        variables.values().forEach(operations::free);
        leaves.values().forEach(operations::free);
        zeros.values().forEach(operations::free);
    }
}
