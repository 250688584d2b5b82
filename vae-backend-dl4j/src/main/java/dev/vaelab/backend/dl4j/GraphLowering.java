package dev.vaelab.backend.dl4j;

import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.network.Layer;
import dev.vaelab.api.network.Layer.Activation.Function;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.backend.dl4j.layer.BatchNormalization;
import dev.vaelab.backend.dl4j.layer.Convolution;
import dev.vaelab.backend.dl4j.layer.LayerDefinition;
import dev.vaelab.backend.dl4j.layer.Linear;
import dev.vaelab.backend.dl4j.layer.Linear.Side;
import dev.vaelab.backend.dl4j.layer.TransposedConvolution;
import dev.vaelab.backend.dl4j.operation.Activation;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;

/**
 * Makes a computation graph of our own layers from a network's list of layers, several of which may become one.
 *
 * <p>The layers that there are: convolution, batch normalization and ReLU; a linear layer, from maps or vectors to maps or vectors,
 * with ReLU or tanh or neither; transposed convolution, batch normalization and ReLU; a transposed convolution alone at the end. All
 * convolutions halve or double their maps. The names of the graph's vertices are the canonical names of the layers.
 */
final class GraphLowering {
    private final NetworkSpecification network;
    private final List<List<Integer>> features;
    private final GraphBuilder graph;
    private String last = "input";
    private int next;

    private GraphLowering(NetworkSpecification network) {
        this.network = network;
        features = network.features();
        // The layers keep their own arrays, so workspaces are off.
        graph = new NeuralNetConfiguration.Builder()
                .trainingWorkspaceMode(WorkspaceMode.NONE)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .graphBuilder()
                .addInputs(last);
    }

    /** The graph of a network; nothing if the layers that there are do not make it up. */
    static Optional<ComputationGraphConfiguration> lower(NetworkSpecification network) {
        return new GraphLowering(network).lower();
    }

    private Optional<ComputationGraphConfiguration> lower() {
        if (features.stream().anyMatch(shape -> shape.size() != 1 && shape.size() != 3)) {
            return Optional.empty();
        }
        int layers = network.layers().size();
        while (next < layers) {
            int taken = take(network.layers().get(next));
            if (taken == 0) {
                return Optional.empty();
            }
            next += taken;
        }
        if (first()) {
            return Optional.empty();
        }
        if (network.heads().isEmpty()) {
            return Optional.of(graph.setOutputs(last).build());
        }
        Side side = side(layers > 0 && at(layers - 1) instanceof Layer.Flatten ? layers - 1 : layers);
        network.heads()
                .forEach(head -> graph.addLayer(
                        head.name(), Linear.definition(side, Side.vector(head.out()), null, false), last));
        return Optional.of(graph.setOutputs(
                        network.heads().stream().map(Layer.Linear::name).toArray(String[]::new))
                .build());
    }

    /** Whether nothing has become of any layer yet. */
    private boolean first() {
        return last.equals("input");
    }

    /** Adds what a layer and those behind it become; returns how many they are, or 0 if there is no such layer. */
    private int take(Layer layer) {
        if (layer instanceof Layer.Convolution convolution) {
            boolean fits = convolution.window().equals(Architecture.HALVING) && even(features.get(next));
            return fits && at(next + 1) instanceof Layer.BatchNormalization normalization && rectified(next + 2)
                    ? normalized(
                            convolution.name(),
                            Convolution.definition(convolution.in(), convolution.out(), first()),
                            normalization)
                    : 0;
        }
        if (layer instanceof Layer.TransposedConvolution convolution) {
            // The gradient by the input of the network comes from layers that know how to do without it.
            if (first() || !convolution.window().equals(Architecture.HALVING) || convolution.outputPadding() != 0) {
                return 0;
            }
            boolean end = next + 1 == network.layers().size();
            LayerDefinition definition = TransposedConvolution.definition(convolution.in(), convolution.out(), !end);
            if (end) {
                return add(convolution.name(), definition, 1);
            }
            return at(next + 1) instanceof Layer.BatchNormalization normalization && rectified(next + 2)
                    ? normalized(convolution.name(), definition, normalization)
                    : 0;
        }
        if (layer instanceof Layer.Flatten) {
            // The linear layer behind it, or the heads, read maps.
            return at(next + 1) instanceof Layer.Linear
                            || next + 1 == network.layers().size()
                                    && !network.heads().isEmpty()
                    ? 1
                    : 0;
        }
        return layer instanceof Layer.Linear linear ? linear(linear) : 0;
    }

    private int normalized(String name, LayerDefinition definition, Layer.BatchNormalization normalization) {
        add(name, definition, 1);
        return add(normalization.name(), BatchNormalization.definition(normalization.channels()), 3);
    }

    private int linear(Layer.Linear layer) {
        boolean flattened = next > 0 && at(next - 1) instanceof Layer.Flatten;
        Function function = function(next + 1);
        int end = function == null ? next + 1 : next + 2;
        if (at(end) instanceof Layer.Reshape) {
            end++;
        }
        Side in = side(flattened ? next - 1 : next);
        return add(layer.name(), Linear.definition(in, side(end), function, first()), end - next);
    }

    private int add(String name, LayerDefinition definition, int taken) {
        graph.addLayer(name, definition, last);
        last = name;
        return taken;
    }

    private Layer at(int index) {
        return index < network.layers().size() ? network.layers().get(index) : null;
    }

    private boolean rectified(int index) {
        return function(index) == Function.RELU;
    }

    /** The function there, if it is one that the layers have; else null. */
    private Function function(int index) {
        return at(index) instanceof Layer.Activation activation && Activation.FUNCTIONS.contains(activation.function())
                ? activation.function()
                : null;
    }

    /** The features that go into a layer, as a side of a linear one. */
    private Side side(int index) {
        List<Integer> shape = features.get(index);
        return shape.size() == 3 ? Side.image(shape.get(0), shape.get(1), shape.get(2)) : Side.vector(shape.get(0));
    }

    private static boolean even(List<Integer> map) {
        return map.get(1) % 2 == 0 && map.get(2) % 2 == 0;
    }
}
