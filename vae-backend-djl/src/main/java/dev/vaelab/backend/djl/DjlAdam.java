package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.TensorSpecification;
import java.util.List;

/** Adam, as {@link OptimizerSettings.Adam} defines it. */
final class DjlAdam extends DjlOptimizer {
    private final OptimizerSettings.Adam settings;
    private final TorchOperators operators;
    private final IValue firstMoments;
    private final IValue secondMoments;

    /** See {@link DjlOptimizer}. */
    DjlAdam(
            OptimizerSettings.Adam settings,
            NDManager manager,
            Architecture architecture,
            List<TensorSpecification> learned,
            TorchOperators operators,
            EngineTensors weights) {
        super(settings, manager, architecture, learned, weights);
        this.settings = settings;
        this.operators = operators;
        firstMoments = slot(OptimizerSettings.Adam.FIRST_MOMENT);
        secondMoments = slot(OptimizerSettings.Adam.SECOND_MOMENT);
    }

    @Override
    void update(IValue weights, PtNDArray[] gradients, long step, double learningRate) {
        operators.adam(weights, gradients, firstMoments, secondMoments, step, learningRate, settings);
    }
}
