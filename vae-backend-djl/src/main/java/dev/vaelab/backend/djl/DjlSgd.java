package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.TensorSpecification;
import java.util.List;

/** Stochastic gradient descent, as {@link OptimizerSettings.Sgd} defines it. */
final class DjlSgd extends DjlOptimizer {
    private final OptimizerSettings.Sgd settings;
    private final TorchUpdates updates;
    private final IValue velocities;

    /** See {@link DjlOptimizer}. */
    DjlSgd(
            OptimizerSettings.Sgd settings,
            NDManager manager,
            Architecture architecture,
            List<TensorSpecification> learned,
            TorchUpdates updates,
            EngineTensors weights) {
        super(settings, manager, architecture, learned, weights);
        this.settings = settings;
        this.updates = updates;
        velocities = slot(OptimizerSettings.Sgd.VELOCITY);
    }

    @Override
    void update(IValue weights, IValue gradients, long step, double learningRate) {
        updates.sgd(weights, gradients, velocities, learningRate, settings);
    }
}
