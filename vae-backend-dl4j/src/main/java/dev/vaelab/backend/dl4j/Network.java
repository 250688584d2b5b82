package dev.vaelab.backend.dl4j;

import dev.vaelab.api.model.Phase;
import dev.vaelab.backend.dl4j.layer.BatchNormalization;
import dev.vaelab.backend.dl4j.layer.LayerDefinition;
import dev.vaelab.backend.dl4j.layer.Layout;
import dev.vaelab.backend.dl4j.layer.ModelLayer;
import dev.vaelab.backend.dl4j.layer.NormalizedLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * One half of the model as a computation graph with one input.
 *
 * <p>The names of its vertices are the canonical names of the layers without the half's prefix.
 */
final class Network implements AutoCloseable {
    private final String prefix;
    private final ComputationGraph graph;
    private final List<ModelLayer> layers = new ArrayList<>();

    /**
     * Builds the graph.
     *
     * @param prefix what the canonical names of its layers begin with: {@code encoder.} or {@code decoder.}
     * @param configuration a graph of the model's layers, each normalization right behind what it normalizes
     */
    Network(String prefix, ComputationGraphConfiguration configuration) {
        this.prefix = prefix;
        graph = new ComputationGraph(configuration);
        graph.init();
        graph.initGradientsView();
        for (int vertex : graph.topologicalSortOrder()) {
            if (graph.getVertices()[vertex].getLayer() instanceof ModelLayer layer) {
                if (layer instanceof BatchNormalization normalization) {
                    ((NormalizedLayer) layers.get(layers.size() - 1)).setNormalization(normalization);
                }
                layers.add(layer);
            }
        }
    }

    /**
     * Runs the graph.
     *
     * @param input the same array in each call, unless the batch size changes
     * @return the outputs in their order; they hold until the next call
     */
    List<INDArray> forward(INDArray input, Phase phase) {
        Map<String, INDArray> activations = graph.feedForward(new INDArray[] {input}, phase == Phase.TRAINING, false);
        return graph.getConfiguration().getNetworkOutputs().stream()
                .map(activations::get)
                .toList();
    }

    /**
     * Fills the gradient vector, after a forward pass in training.
     *
     * @param outputGradients the gradients by the outputs, in their order
     */
    void backward(INDArray... outputGradients) {
        graph.backpropGradient(outputGradients);
    }

    /** What the last backward pass gave as gradient by the input; it holds until the next one. */
    INDArray inputGradient() {
        return layers.get(0).inputGradient();
    }

    /** All parameters, one after the other. */
    INDArray parameters() {
        return flat(graph.params());
    }

    /** The gradients by all parameters, in the same order. */
    INDArray gradients() {
        return flat(graph.getGradientsViewArray());
    }

    /**
     * The canonical tensors within a vector.
     *
     * @param vector a vector in the order of the parameters: they themselves, their gradients, their moments
     */
    CanonicalTensors tensorsIn(INDArray vector) {
        CanonicalTensors tensors = new CanonicalTensors();
        long start = 0;
        for (ModelLayer layer : layers) {
            LayerDefinition definition = layer.layerConf();
            for (Map.Entry<String, Layout> parameter : definition.parameters().entrySet()) {
                Layout layout = parameter.getValue();
                INDArray view = vector.get(NDArrayIndex.interval(start, start + layout.size()));
                tensors.put(prefix + definition.getLayerName() + "." + parameter.getKey(), view, layout);
                start += layout.size();
            }
        }
        return tensors;
    }

    /** The running statistics under their canonical names. */
    CanonicalTensors statistics() {
        CanonicalTensors tensors = new CanonicalTensors();
        for (BatchNormalization layer : normalizations()) {
            String name = prefix + layer.layerConf().getLayerName();
            Layout layout = Layout.same(layer.runningMean().length());
            tensors.put(name + ".running_mean", layer.runningMean(), layout);
            tensors.put(name + ".running_var", layer.runningVariance(), layout);
        }
        return tensors;
    }

    private List<BatchNormalization> normalizations() {
        return layers.stream()
                .filter(BatchNormalization.class::isInstance)
                .map(BatchNormalization.class::cast)
                .toList();
    }

    @Override
    public void close() {
        layers.forEach(ModelLayer::close);
        normalizations().forEach(BatchNormalization::closeStatistics);
        graph.params().close();
        graph.getGradientsViewArray().close();
    }

    private static INDArray flat(INDArray vector) {
        return vector.reshape(vector.length());
    }
}
