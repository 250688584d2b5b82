package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.TensorSpecification;
import java.util.List;

/** Stochastic gradient descent, as {@link OptimizerSettings.Sgd} defines it. */
final class DjlSgd extends DjlOptimizer {
    private final OptimizerSettings.Sgd settings;
    private final TorchOperators operators;
    private final IValue velocities;

    /** See {@link DjlOptimizer}. */
    DjlSgd(
            OptimizerSettings.Sgd settings,
            NDManager manager,
            Architecture architecture,
            List<TensorSpecification> learned,
            TorchOperators operators,
            EngineTensors weights) {
        super(settings, manager, architecture, learned, weights);
        this.settings = settings;
        this.operators = operators;
        velocities = slot(OptimizerSettings.Sgd.VELOCITY);
    }

    @Override
    void update(IValue weights, PtNDArray[] gradients, long step, double learningRate) {
        operators.sgd(weights, gradients, velocities, learningRate, settings);
    }
}
