package dev.vaelab.training.model;

import dev.vaelab.api.network.Network;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.training.network.TensorStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that an optimizer changes: the parameters of encoder, decoder and parts, one behind the other. Lists of the same layout hold
 * their gradients, and what an optimizer remembers of them.
 *
 * @param encoder its parameters come first
 * @param decoder then these
 * @param parts then these
 * @param <T> the engine's tensor
 */
record ParameterList<T>(Network<T> encoder, Network<T> decoder, TensorStore<T> parts) {
    /** The parameters. */
    List<T> all() {
        return join(encoder.parameters(), decoder.parameters(), parts.variables());
    }

    static <T> List<T> join(List<T> encoder, List<T> decoder, List<T> parts) {
        List<T> all = new ArrayList<>(encoder);
        all.addAll(decoder);
        all.addAll(parts);
        return all;
    }

    /** Copies tensors of this layout out of the engine under their canonical names. */
    NamedTensors read(List<T> tensors) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        named.putAll(encoder.read(tensors.subList(0, decoderFrom())).asMap());
        named.putAll(decoder.read(tensors.subList(decoderFrom(), partsFrom())).asMap());
        named.putAll(parts.read(tensors.subList(partsFrom(), tensors.size())).asMap());
        return new NamedTensors(named);
    }

    /** Copies tensors into variables of this layout. */
    void write(NamedTensors tensors, List<T> targets) {
        encoder.write(tensors, targets.subList(0, decoderFrom()));
        decoder.write(tensors, targets.subList(decoderFrom(), partsFrom()));
        parts.write(tensors, targets.subList(partsFrom(), targets.size()));
    }

    private int decoderFrom() {
        return encoder.parameters().size();
    }

    private int partsFrom() {
        return decoderFrom() + decoder.parameters().size();
    }

    /** Running statistics of both networks. */
    NamedTensors statistics() {
        Map<String, Tensor> named = new LinkedHashMap<>(encoder.statistics().asMap());
        named.putAll(decoder.statistics().asMap());
        return new NamedTensors(named);
    }

    /** Replaces the running statistics. */
    void writeStatistics(NamedTensors tensors) {
        encoder.writeStatistics(tensors);
        decoder.writeStatistics(tensors);
    }

    /** The parameters and running statistics, in canonical order. */
    NamedTensors inOrder(List<TensorSpecification> order) {
        return inOrder(order, all(), statistics());
    }

    /** Tensors of this layout and others like the running statistics, in canonical order. */
    NamedTensors inOrder(List<TensorSpecification> order, List<T> tensors, NamedTensors statistics) {
        Map<String, Tensor> found = new LinkedHashMap<>(read(tensors).asMap());
        found.putAll(statistics.asMap());
        Map<String, Tensor> ordered = new LinkedHashMap<>();
        order.forEach(tensor -> ordered.put(tensor.name(), found.get(tensor.name())));
        return new NamedTensors(ordered);
    }
}
