package dev.vaelab.backend.dl4j;

import dev.vaelab.api.network.Network;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.backend.dl4j.layer.BatchNormalization;
import dev.vaelab.backend.dl4j.layer.LayerDefinition;
import dev.vaelab.backend.dl4j.layer.Layout;
import dev.vaelab.backend.dl4j.layer.ModelLayer;
import dev.vaelab.backend.dl4j.operation.Arrays;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network as one computation graph. All its parameters lie in one vector, and so do their gradients. */
final class Dl4jNetwork implements Network<INDArray> {
    private final Scopes scopes;
    private final ComputationGraph graph;
    private final List<ModelLayer> layers = new ArrayList<>();
    private final Map<String, BatchNormalization> normalizations = new LinkedHashMap<>();
    private final List<TensorSpecification> trainable;
    private final Map<String, Place> places = new HashMap<>();
    private final INDArray parameters;
    private final INDArray gradients;
    private final FeatureBuffer input;
    private final ChannelsFirst inputGradient = new ChannelsFirst();
    private final List<ChannelsFirst> outputs = new ArrayList<>();
    private final List<FeatureBuffer> outputGradients = new ArrayList<>();
    private long latest;
    private boolean closed;

    /** Where in a vector the values of a tensor lie, and how. */
    private record Place(int start, Layout layout) {
        FloatBuffer in(INDArray vector) {
            return Arrays.floats(vector).slice(start, Math.toIntExact(layout.size()));
        }
    }

    private Dl4jNetwork(
            NetworkSpecification specification, ComputationGraphConfiguration configuration, Scopes scopes) {
        this.scopes = scopes;
        trainable = specification.tensors().stream()
                .filter(tensor -> tensor.role().trainable())
                .toList();
        // A vector of our own, since that of the graph comes as a view, which frees nothing.
        parameters = scopes.keep(Arrays.zeros(
                trainable.stream().mapToLong(TensorSpecification::size).sum()));
        graph = new ComputationGraph(configuration);
        graph.init(parameters.reshape(1, parameters.length()), false);
        graph.initGradientsView();
        gradients = scopes.keep(graph.getGradientsViewArray().reshape(parameters.length()));
        int start = 0;
        for (int vertex : graph.topologicalSortOrder()) {
            if (graph.getVertices()[vertex].getLayer() instanceof ModelLayer layer) {
                start = addLayer(layer, start);
            }
        }
        input = new FeatureBuffer(specification.input());
        specification.outputs().forEach(output -> {
            outputs.add(new ChannelsFirst());
            outputGradients.add(new FeatureBuffer(output));
        });
    }

    /**
     * The network of a specification, its weights undefined; nothing if there are no layers for it.
     *
     * @param scopes own what it computes
     */
    static Optional<Network<INDArray>> of(NetworkSpecification specification, Scopes scopes) {
        return GraphLowering.lower(specification)
                .map(configuration -> new Dl4jNetwork(specification, configuration, scopes));
    }

    /** Adds a layer whose parameters begin at a place of the vector; returns where they end. */
    private int addLayer(ModelLayer layer, int start) {
        LayerDefinition definition = layer.layerConf();
        if (layer instanceof BatchNormalization normalization) {
            layers.get(layers.size() - 1).setNormalization(normalization);
            normalizations.put(definition.getLayerName(), normalization);
        }
        layers.add(layer);
        int end = start;
        for (Map.Entry<String, Layout> parameter : definition.parameters().entrySet()) {
            places.put(definition.getLayerName() + "." + parameter.getKey(), new Place(end, parameter.getValue()));
            end += Math.toIntExact(parameter.getValue().size());
        }
        return end;
    }

    @Override
    public List<INDArray> parameters() {
        return List.of(parameters);
    }

    @Override
    public NamedTensors read(List<INDArray> vectors) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (TensorSpecification tensor : trainable) {
            Place place = places.get(tensor.name());
            tensors.put(
                    tensor.name(),
                    new Tensor(tensor.shape(), place.layout().read(place.in(scopes.held(vectors.get(0))))));
        }
        return new NamedTensors(tensors);
    }

    @Override
    public void write(NamedTensors tensors, List<INDArray> vectors) {
        for (TensorSpecification tensor : trainable) {
            Place place = places.get(tensor.name());
            place.layout().write(tensors.values(tensor.name()), place.in(scopes.held(vectors.get(0))));
        }
    }

    @Override
    public NamedTensors statistics() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        normalizations.forEach((name, layer) -> {
            tensors.put(name + ".running_mean", vector(layer.runningMean()));
            tensors.put(name + ".running_var", vector(layer.runningVariance()));
        });
        return new NamedTensors(tensors);
    }

    private static Tensor vector(INDArray statistic) {
        return new Tensor(List.of(Math.toIntExact(statistic.length())), Arrays.values(statistic));
    }

    @Override
    public void writeStatistics(NamedTensors tensors) {
        normalizations.forEach((name, layer) -> {
            Arrays.floats(layer.runningMean()).put(tensors.values(name + ".running_mean"));
            Arrays.floats(layer.runningVariance()).put(tensors.values(name + ".running_var"));
        });
    }

    @Override
    public Pass<INDArray> forward(INDArray batch, Phase phase) {
        Map<String, INDArray> activations =
                graph.feedForward(new INDArray[] {input.fill(scopes.held(batch))}, phase == Phase.TRAINING, false);
        List<String> names = graph.getConfiguration().getNetworkOutputs();
        List<INDArray> copies = new ArrayList<>();
        for (int output = 0; output < names.size(); output++) {
            copies.add(copy(outputs.get(output).of(activations.get(names.get(output)))));
        }
        return new GraphPass(copies, phase, ++latest);
    }

    private INDArray copy(INDArray array) {
        return scopes.allocate(array.shape()).assign(array);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            layers.forEach(ModelLayer::close);
            normalizations.values().forEach(BatchNormalization::closeStatistics);
            input.close();
            outputGradients.forEach(FeatureBuffer::close);
            scopes.release(parameters);
            scopes.release(gradients);
            graph.getGradientsViewArray().close();
        }
    }

    /** The graph holds what a pass backward needs, of the latest pass alone. */
    private final class GraphPass implements Pass<INDArray> {
        private final List<INDArray> copies;
        private final Phase phase;
        private final long number;

        GraphPass(List<INDArray> copies, Phase phase, long number) {
            this.copies = List.copyOf(copies);
            this.phase = phase;
            this.number = number;
        }

        @Override
        public List<INDArray> outputs() {
            return copies;
        }

        @Override
        public Derivatives<INDArray> backward(List<INDArray> byOutputs, boolean inputNeeded) {
            requireBackward();
            INDArray[] filled = new INDArray[byOutputs.size()];
            for (int output = 0; output < filled.length; output++) {
                filled[output] = outputGradients.get(output).fill(scopes.held(byOutputs.get(output)));
            }
            graph.backpropGradient(filled);
            INDArray byInput = inputNeeded ? copy(inputGradient.of(layers.get(0).inputGradient())) : null;
            return new Derivatives<>(byInput, List.of(gradients));
        }

        private void requireBackward() {
            if (phase == Phase.EVALUATION) {
                throw new IllegalStateException("a pass in evaluation cannot go backward");
            }
            if (number != latest) {
                throw new IllegalStateException("a pass goes backward once, and before another one begins");
            }
            latest++;
        }
    }
}
