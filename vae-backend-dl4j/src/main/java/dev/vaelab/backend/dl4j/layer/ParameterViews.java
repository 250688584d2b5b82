package dev.vaelab.backend.dl4j.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Cuts a layer's stretch of the parameter or gradient vector into its parameters. Gives no initial values: weights come
 * from outside.
 */
final class ParameterViews implements ParamInitializer {
    static final ParameterViews INSTANCE = new ParameterViews();

    private ParameterViews() {}

    @Override
    public long numParams(NeuralNetConfiguration configuration) {
        return numParams(configuration.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return parameters(layer).values().stream().mapToLong(Layout::size).sum();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return List.copyOf(parameters(layer).keySet());
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return List.of(ModelLayer.WEIGHT);
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return List.of(ModelLayer.BIAS);
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return key.equals(ModelLayer.WEIGHT);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return key.equals(ModelLayer.BIAS);
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration configuration, INDArray vector, boolean initialize) {
        paramKeys(configuration.getLayer()).forEach(configuration::addVariable);
        return cut(configuration, vector);
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration configuration, INDArray vector) {
        return cut(configuration, vector);
    }

    private static Map<String, INDArray> cut(NeuralNetConfiguration configuration, INDArray vector) {
        INDArray flat = vector.reshape(vector.length());
        Map<String, INDArray> views = new LinkedHashMap<>();
        long start = 0;
        for (Map.Entry<String, Layout> parameter :
                parameters(configuration.getLayer()).entrySet()) {
            Layout layout = parameter.getValue();
            long end = start + layout.size();
            views.put(
                    parameter.getKey(),
                    flat.get(NDArrayIndex.interval(start, end)).reshape('c', layout.inside()));
            start = end;
        }
        return views;
    }

    private static Map<String, Layout> parameters(Layer layer) {
        return ((LayerDefinition) layer).parameters();
    }
}
