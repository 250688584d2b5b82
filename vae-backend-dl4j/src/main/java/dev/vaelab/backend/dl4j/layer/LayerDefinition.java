package dev.vaelab.backend.dl4j.layer;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * What a layer of the model is made from: its parameters, and its implementation.
 *
 * <p>Sizes are given, not inferred, initial values come from outside, and the optimizer is applied to the whole parameter vector from
 * outside; what Deeplearning4j asks about these is answered with "nothing to do". A layer's stretch of the parameter or gradient
 * vector is cut into its parameters here.
 */
public final class LayerDefinition extends org.deeplearning4j.nn.conf.layers.Layer implements ParamInitializer {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, Layout> parameters = new LinkedHashMap<>();
    private final transient Implementation implementation;

    /** Makes a layer, whose parameters follow. */
    @FunctionalInterface
    interface Implementation {
        /** Makes it. */
        ModelLayer of(NeuralNetConfiguration configuration, DataType type);
    }

    /** Defines a layer of the two parameters that every layer has. */
    LayerDefinition(Layout weight, Layout bias, Implementation implementation) {
        parameters.put(ModelLayer.WEIGHT, weight);
        parameters.put(ModelLayer.BIAS, bias);
        this.implementation = implementation;
    }

    /** The parameters by name, in the order in which they lie in the parameter vector: {@code weight}, {@code bias}. */
    public Map<String, Layout> parameters() {
        return parameters;
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameterVector,
            boolean initialize,
            DataType type) {
        ModelLayer layer = implementation.of(configuration, type);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameterVector);
        layer.setParamTable(init(configuration, parameterVector, initialize));
        return layer;
    }

    @Override
    public ParamInitializer initializer() {
        return this;
    }

    @Override
    public long numParams(NeuralNetConfiguration configuration) {
        return parameters.values().stream().mapToLong(Layout::size).sum();
    }

    @Override
    public long numParams(org.deeplearning4j.nn.conf.layers.Layer layer) {
        return numParams((NeuralNetConfiguration) null);
    }

    @Override
    public List<String> paramKeys(org.deeplearning4j.nn.conf.layers.Layer layer) {
        return List.copyOf(parameters.keySet());
    }

    @Override
    public List<String> weightKeys(org.deeplearning4j.nn.conf.layers.Layer layer) {
        return List.of(ModelLayer.WEIGHT);
    }

    @Override
    public List<String> biasKeys(org.deeplearning4j.nn.conf.layers.Layer layer) {
        return List.of(ModelLayer.BIAS);
    }

    @Override
    public boolean isWeightParam(org.deeplearning4j.nn.conf.layers.Layer layer, String key) {
        return key.equals(ModelLayer.WEIGHT);
    }

    @Override
    public boolean isBiasParam(org.deeplearning4j.nn.conf.layers.Layer layer, String key) {
        return key.equals(ModelLayer.BIAS);
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration configuration, INDArray vector, boolean initialize) {
        parameters.keySet().forEach(configuration::addVariable);
        return getGradientsFromFlattened(configuration, vector);
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration configuration, INDArray vector) {
        INDArray flat = vector.reshape(vector.length());
        Map<String, INDArray> views = new LinkedHashMap<>();
        long start = 0;
        for (Map.Entry<String, Layout> parameter : parameters.entrySet()) {
            Layout layout = parameter.getValue();
            long end = start + layout.size();
            views.put(
                    parameter.getKey(),
                    flat.get(NDArrayIndex.interval(start, end)).reshape('c', layout.inside()));
            start = end;
        }
        return views;
    }

    @Override
    public InputType getOutputType(int index, InputType inputType) {
        return inputType;
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        // Sizes are given.
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return null;
    }

    @Override
    public List<Regularization> getRegularizationByParam(String parameter) {
        return List.of();
    }

    @Override
    public boolean isPretrainParam(String parameter) {
        return false;
    }

    @Override
    public IUpdater getUpdaterByParam(String parameter) {
        return new NoOp();
    }

    @Override
    public GradientNormalization getGradientNormalization() {
        return GradientNormalization.None;
    }

    @Override
    public double getGradientNormalizationThreshold() {
        return 0;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        throw new UnsupportedOperationException("the layers of this model give no memory report");
    }
}
