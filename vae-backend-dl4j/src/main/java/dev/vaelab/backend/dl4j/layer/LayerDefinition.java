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
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * What a layer of the model is made from: its sizes and its parameters.
 *
 * <p>Sizes are given, not inferred, and the optimizer is applied to the whole parameter vector from outside; what
 * Deeplearning4j asks about either is answered with "nothing to do".
 */
public abstract class LayerDefinition extends org.deeplearning4j.nn.conf.layers.Layer {
    private static final long serialVersionUID = 1L;

    /** The parameters by name, in the order in which they lie in the parameter vector: {@code weight}, {@code bias}. */
    public abstract Map<String, Layout> parameters();

    /** Makes the layer; its parameters follow. */
    abstract ModelLayer implementation(NeuralNetConfiguration configuration, DataType type);

    @Override
    public final Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameterVector,
            boolean initialize,
            DataType type) {
        ModelLayer layer = implementation(configuration, type);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameterVector);
        layer.setParamTable(initializer().init(configuration, parameterVector, initialize));
        return layer;
    }

    @Override
    public final ParamInitializer initializer() {
        return ParameterViews.INSTANCE;
    }

    @Override
    public final InputType getOutputType(int index, InputType inputType) {
        return inputType;
    }

    @Override
    public final void setNIn(InputType inputType, boolean override) {
        // Sizes are given.
    }

    @Override
    public final InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return null;
    }

    @Override
    public final List<Regularization> getRegularizationByParam(String parameter) {
        return List.of();
    }

    @Override
    public final boolean isPretrainParam(String parameter) {
        return false;
    }

    @Override
    public final IUpdater getUpdaterByParam(String parameter) {
        return new NoOp();
    }

    @Override
    public final GradientNormalization getGradientNormalization() {
        return GradientNormalization.None;
    }

    @Override
    public final double getGradientNormalizationThreshold() {
        return 0;
    }

    @Override
    public final LayerMemoryReport getMemoryReport(InputType inputType) {
        throw new UnsupportedOperationException("the layers of this model give no memory report");
    }

    /** A map of the two parameters that every layer has, in their order. */
    static Map<String, Layout> weightAndBias(Layout weight, Layout bias) {
        Map<String, Layout> parameters = new LinkedHashMap<>();
        parameters.put(ModelLayer.WEIGHT, weight);
        parameters.put(ModelLayer.BIAS, bias);
        return parameters;
    }
}
