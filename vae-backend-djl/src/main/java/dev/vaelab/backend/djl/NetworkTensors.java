package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors of a network inside the engine, in the engine's layout. They are written in place: a reference to one stays good. */
final class NetworkTensors implements AutoCloseable {
    private final DjlOperations operations;
    private final NetworkLowering lowering;
    private final List<TensorSpecification> trainable = new ArrayList<>();
    private final List<TensorSpecification> running = new ArrayList<>();
    private final Map<String, NDArray> variables = new LinkedHashMap<>();

    /** Tensors of zeros. */
    NetworkTensors(NetworkLowering lowering, DjlOperations operations) {
        this.operations = operations;
        this.lowering = lowering;
        for (TensorSpecification specification : lowering.specification().tensors()) {
            String name = specification.name();
            (specification.role().trainable() ? trainable : running).add(specification);
            float[] zeros = new float[specification.size()];
            variables.put(name, operations.variable(zeros, layout(specification).sizes()));
        }
    }

    private TensorLayout layout(TensorSpecification specification) {
        return lowering.layout(specification);
    }

    /** All of them in canonical order. */
    List<NDArray> all() {
        return List.copyOf(variables.values());
    }

    /** What an optimizer changes, biases that are absorbed included. */
    List<NDArray> parameters() {
        return trainable.stream().map(tensor -> variables.get(tensor.name())).toList();
    }

    /** Running means and variances. */
    List<NDArray> statistics() {
        return running.stream().map(tensor -> variables.get(tensor.name())).toList();
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
    }
}
