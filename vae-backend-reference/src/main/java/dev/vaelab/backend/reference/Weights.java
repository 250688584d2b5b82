package dev.vaelab.backend.reference;

import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors of a model by canonical name, in canonical order. Learning replaces tensors and never changes their
 * values, so that whoever holds one may keep it.
 */
final class Weights {
    private Map<String, DoubleTensor> tensors;

    /** Starts with tensors that are known to be those of the architecture, in canonical order. */
    Weights(NamedTensors tensors) {
        load(tensors);
    }

    /** The present tensor of a name. */
    DoubleTensor get(String name) {
        return tensors.get(name);
    }

    /** Puts another tensor in the place of a present one. */
    void replace(String name, DoubleTensor tensor) {
        tensors.replace(name, tensor);
    }

    /** All present tensors, to go back to with {@link #restore}. */
    Map<String, DoubleTensor> snapshot() {
        return new LinkedHashMap<>(tensors);
    }

    /** Goes back to the tensors of a snapshot. */
    void restore(Map<String, DoubleTensor> snapshot) {
        tensors = new LinkedHashMap<>(snapshot);
    }

    /** Replaces all tensors by ones from outside the engine. */
    void load(NamedTensors outside) {
        tensors = fromOutside(outside);
    }

    /** All tensors as they leave the engine. */
    NamedTensors toNamedTensors() {
        return toOutside(tensors);
    }

    /** Tensors from outside the engine, widened to float64. */
    static Map<String, DoubleTensor> fromOutside(NamedTensors outside) {
        Map<String, DoubleTensor> inside = new LinkedHashMap<>();
        outside.asMap().forEach((name, tensor) -> inside.put(name, DoubleTensor.of(tensor)));
        return inside;
    }

    /** Tensors as they leave the engine, rounded to float32. */
    static NamedTensors toOutside(Map<String, DoubleTensor> inside) {
        Map<String, Tensor> outside = new LinkedHashMap<>();
        inside.forEach((name, tensor) -> outside.put(name, tensor.toTensor()));
        return new NamedTensors(outside);
    }
}
