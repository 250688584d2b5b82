package dev.vaelab.training.network;

import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Variables of an engine for some tensors of a model, each in its canonical shape and layout.
 *
 * @param <T> the engine's tensor
 */
public final class TensorStore<T> implements AutoCloseable {
    private final TensorOperations<T> operations;
    private final List<TensorSpecification> specifications;
    private final List<T> variables = new ArrayList<>();
    private final Map<String, Integer> places = new LinkedHashMap<>();

    /** Variables of zeros. */
    public TensorStore(TensorOperations<T> operations, List<TensorSpecification> specifications) {
        this.operations = operations;
        this.specifications = List.copyOf(specifications);
        for (TensorSpecification specification : specifications) {
            places.put(specification.name(), variables.size());
            variables.add(operations.variable(new float[specification.size()], shape(specification)));
        }
    }

    /** What the variables are for, in their order. */
    public List<TensorSpecification> specifications() {
        return specifications;
    }

    /** The variables in the order of the specifications. */
    public List<T> variables() {
        return List.copyOf(variables);
    }

    /** The place of a tensor among the variables. */
    public int place(String name) {
        return places.get(name);
    }

    /** The variable of a tensor. */
    public T get(String name) {
        return variables.get(places.get(name));
    }

    /** Copies tensors of the shapes of the variables out of the engine. */
    public NamedTensors read(List<T> tensors) {
        List<float[]> found = operations.download(tensors);
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (int index = 0; index < tensors.size(); index++) {
            TensorSpecification specification = specifications.get(index);
            named.put(specification.name(), new Tensor(specification.shape(), found.get(index)));
        }
        return new NamedTensors(named);
    }

    /** Copies tensors into variables of the shapes of these; other tensors are not looked at. */
    public void write(NamedTensors tensors, List<T> targets) {
        for (int index = 0; index < targets.size(); index++) {
            operations.write(
                    targets.get(index), tensors.values(specifications.get(index).name()));
        }
    }

    @Override
    public void close() {
        variables.forEach(operations::free);
        variables.clear();
    }

    private static int[] shape(TensorSpecification specification) {
        return specification.shape().stream().mapToInt(Integer::intValue).toArray();
    }
}
