package dev.vaelab.backend.dl4j;

import dev.vaelab.api.model.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.backend.dl4j.layer.Layout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Where in the engine each canonical tensor lies, and how. */
final class CanonicalTensors {
    private final Map<String, Place> places = new LinkedHashMap<>();

    /** Adds a tensor. */
    void put(String name, INDArray array, Layout layout) {
        places.put(name, new Place(array, layout));
    }

    /** Adds the tensors of another part of the model. */
    void putAll(CanonicalTensors others) {
        places.putAll(others.places);
    }

    /** Copies tensors out of the engine, in the order in which they are asked for. */
    NamedTensors read(List<TensorSpecification> specifications) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (TensorSpecification specification : specifications) {
            Place place = places.get(specification.name());
            tensors.put(
                    specification.name(),
                    new Tensor(specification.shape(), place.layout().read(place.array())));
        }
        return new NamedTensors(tensors);
    }

    /** Copies tensors into the engine; each name must be known and each shape right. */
    void write(NamedTensors tensors) {
        tensors.asMap().forEach((name, tensor) -> {
            Place place = places.get(name);
            place.layout().write(tensor.values(), place.array());
        });
    }

    private record Place(INDArray array, Layout layout) {}
}
