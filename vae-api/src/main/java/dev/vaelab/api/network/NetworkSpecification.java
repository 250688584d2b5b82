package dev.vaelab.api.network;

import dev.vaelab.api.tensor.TensorRole;
import dev.vaelab.api.tensor.TensorSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A network: layers one after the other, and perhaps heads, each of which reads what the last layer gives.
 *
 * @param input shape of what goes in for one image
 * @param layers first to last
 * @param heads linear layers that give the outputs, in their order; none if the last layer gives the one output
 */
public record NetworkSpecification(List<Integer> input, List<Layer> layers, List<Layer.Linear> heads) {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if a layer or head does not take what the one before it gives
     */
    public NetworkSpecification {
        input = List.copyOf(input);
        layers = List.copyOf(layers);
        heads = List.copyOf(heads);
        List<Integer> features = input;
        for (Layer layer : layers) {
            features = layer.output(features);
        }
        for (Layer.Linear head : heads) {
            head.output(features);
        }
    }

    /** Shape of what goes into each layer, and at the end of what the last one gives. */
    public List<List<Integer>> features() {
        List<List<Integer>> features = new ArrayList<>(List.of(input));
        for (Layer layer : layers) {
            features.add(layer.output(features.get(features.size() - 1)));
        }
        return features;
    }

    /** Shape of each output for one image. */
    public List<List<Integer>> outputs() {
        List<List<Integer>> features = features();
        List<Integer> last = features.get(features.size() - 1);
        return heads.isEmpty()
                ? List.of(last)
                : heads.stream().map(head -> head.output(last)).toList();
    }

    /** Every tensor of the network in canonical order, input to output. */
    public List<TensorSpecification> tensors() {
        List<TensorSpecification> tensors = new ArrayList<>();
        for (int index = 0; index < layers.size(); index++) {
            boolean normalized = index + 1 < layers.size() && layers.get(index + 1) instanceof Layer.BatchNormalization;
            TensorRole bias = normalized ? TensorRole.ABSORBED : TensorRole.UNIFORM;
            tensors.addAll(layers.get(index).tensors(bias));
        }
        heads.forEach(head -> tensors.addAll(head.tensors(TensorRole.UNIFORM)));
        return List.copyOf(tensors);
    }

    /** The fewest values that a batch normalization sees of a channel for each image; empty if none normalizes. */
    public OptionalInt fewestNormalized() {
        List<List<Integer>> features = features();
        return IntStream.range(0, layers.size())
                .filter(index -> layers.get(index) instanceof Layer.BatchNormalization)
                .map(index -> features.get(index).stream().skip(1).reduce(1, Math::multiplyExact))
                .min();
    }

    /** Multiplications and additions of a forward pass for one image; see {@link Layer#operations}. */
    public long operations() {
        List<List<Integer>> features = features();
        long operations = 0;
        for (int index = 0; index < layers.size(); index++) {
            operations += layers.get(index).operations(features.get(index));
        }
        for (Layer.Linear head : heads) {
            operations += head.operations(features.get(layers.size()));
        }
        return operations;
    }

    /** Those of the first layer that has any: the derivative by its input is not needed where that is an image. */
    public long firstOperations() {
        List<List<Integer>> features = features();
        for (int index = 0; index < layers.size(); index++) {
            long operations = layers.get(index).operations(features.get(index));
            if (operations > 0) {
                return operations;
            }
        }
        return heads.stream()
                .mapToLong(head -> head.operations(features.get(layers.size())))
                .sum();
    }
}
