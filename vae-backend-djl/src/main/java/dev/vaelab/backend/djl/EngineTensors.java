package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named tensors inside the engine, in the engine's layout: the weights, or what the optimizer remembers of each.
 *
 * <p>They belong to the manager that they were made with, and are written in place: a reference to one stays good.
 */
final class EngineTensors {
    private final NDManager manager;
    private final Architecture architecture;
    private final List<TensorSpecification> specifications;
    private final Map<String, NDArray> tensors = new LinkedHashMap<>();

    /** Makes tensors of zeros. */
    EngineTensors(NDManager manager, Architecture architecture, List<TensorSpecification> specifications) {
        this.manager = manager;
        this.architecture = architecture;
        this.specifications = specifications;
        for (TensorSpecification specification : specifications) {
            tensors.put(
                    specification.name(),
                    manager.zeros(TensorLayout.of(specification, architecture).shape(), DataType.FLOAT32));
        }
    }

    /**
     * One tensor by its canonical name, in the engine's layout.
     *
     * @throws IllegalStateException if the model is closed
     */
    NDArray get(String name) {
        if (!manager.isOpen()) {
            throw new IllegalStateException("the model is closed");
        }
        return tensors.get(name);
    }

    /** The named tensors, in the order of the names, as the engine's own lists take them. */
    PtNDArray[] get(List<TensorSpecification> chosen) {
        return chosen.stream()
                .map(specification -> (PtNDArray) get(specification.name()))
                .toArray(PtNDArray[]::new);
    }

    /**
     * Replaces all values.
     *
     * @param canonical exactly these tensors, which the caller has checked
     */
    void load(NamedTensors canonical) {
        for (TensorSpecification specification : specifications) {
            float[] values = canonical.values(specification.name());
            NativeValues.write(
                    get(specification.name()),
                    TensorLayout.of(specification, architecture).toEngine(values));
        }
    }

    /** A copy of all values in canonical layout. */
    NamedTensors canonical() {
        return canonical(architecture, specifications, get(specifications));
    }

    /** A copy of tensors of the engine in canonical layout. */
    static NamedTensors canonical(
            Architecture architecture, List<TensorSpecification> specifications, PtNDArray[] tensors) {
        Map<String, Tensor> canonical = new LinkedHashMap<>();
        for (int index = 0; index < tensors.length; index++) {
            TensorSpecification specification = specifications.get(index);
            float[] values = TensorLayout.of(specification, architecture).toCanonical(tensors[index].toFloatArray());
            canonical.put(specification.name(), new Tensor(specification.shape(), values));
        }
        return new NamedTensors(canonical);
    }
}
