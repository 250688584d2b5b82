package dev.vaelab.backend.dl4j.layer;

import dev.vaelab.backend.dl4j.operation.RecentlyUsed;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer of the model as Deeplearning4j runs it.
 *
 * <p>The work is done by a {@link Pass}, which holds the arrays and operations for one batch size. There is one
 * for each input array, and the layers of a graph hand on the same arrays for the same batch size.
 */
public abstract class ModelLayer extends AbstractLayer<LayerDefinition> {
    /** Name of a layer's weight, or scale. */
    public static final String WEIGHT = "weight";

    /** Name of a layer's bias, or shift. */
    public static final String BIAS = "bias";

    private final Gradient gradient = new DefaultGradient();
    private INDArray parameterVector;
    private INDArray gradientVector;
    private Map<String, INDArray> parameters;
    private final RecentlyUsed<Planned> plans =
            new RecentlyUsed<>(planned -> planned.pass().close());
    private Pass pass;
    private BatchNormalization normalization;

    private record Planned(INDArray input, Pass pass) {}

    ModelLayer(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    /** Names the batch normalization that follows, which this layer then does itself in evaluation; before the first pass. */
    public final void setNormalization(BatchNormalization following) {
        normalization = following;
    }

    /** The normalization that follows. */
    final BatchNormalization normalization() {
        return normalization;
    }

    /** Makes arrays and operations for an input; gradients may not be there yet. */
    abstract Pass plan(INDArray input);

    @Override
    public final INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        INDArray present = input;
        pass = plans.get(planned -> planned.input() == present, () -> new Planned(present, plan(present)))
                .pass();
        return pass.forward(training);
    }

    @Override
    public final Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        return new Pair<>(gradient, pass.backward(epsilon));
    }

    /** The gradient by the layer's input, after a backward pass. */
    public final INDArray inputGradient() {
        return pass.inputGradient();
    }

    /** One parameter, a view of the parameter vector. */
    @Override
    public final INDArray getParam(String name) {
        return parameters.get(name);
    }

    /** The gradient by one parameter, a view of the gradient vector. */
    final INDArray gradientBy(String name) {
        return gradient.getGradientFor(name);
    }

    /** Frees the arrays of the passes. The parameters belong to the graph. */
    @Override
    public final void close() {
        plans.close();
    }

    @Override
    public final INDArray params() {
        return parameterVector;
    }

    @Override
    public final long numParams() {
        return parameterVector.length();
    }

    @Override
    public final void setParamsViewArray(INDArray vector) {
        parameterVector = vector;
    }

    @Override
    public final void setParamTable(Map<String, INDArray> table) {
        parameters = table;
    }

    @Override
    public final Map<String, INDArray> paramTable(boolean backpropOnly) {
        return parameters;
    }

    @Override
    public final INDArray getGradientsViewArray() {
        return gradientVector;
    }

    @Override
    public final void setBackpropGradientsViewArray(INDArray vector) {
        gradientVector = vector;
        layerConf()
                .getGradientsFromFlattened(conf(), vector)
                .forEach((name, view) -> gradient.setGradientFor(name, view));
    }

    @Override
    public final Gradient gradient() {
        return gradient;
    }

    @Override
    public final boolean isPretrainLayer() {
        return false;
    }

    @Override
    public final void clearNoiseWeightParams() {
        // There is no weight noise.
    }
}
