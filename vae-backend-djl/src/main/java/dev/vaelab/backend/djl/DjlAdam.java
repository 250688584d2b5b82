package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.TensorSpecification;
import java.util.List;

/** Adam, as {@link OptimizerSettings.Adam} defines it. */
final class DjlAdam extends DjlOptimizer {
    private final OptimizerSettings.Adam settings;
    private final TorchUpdates updates;
    private final IValue firstMoments;
    private final IValue secondMoments;

    /** See {@link DjlOptimizer}. */
    DjlAdam(
            OptimizerSettings.Adam settings,
            NDManager manager,
            Architecture architecture,
            List<TensorSpecification> learned,
            TorchUpdates updates,
            EngineTensors weights) {
        super(settings, manager, architecture, learned, weights);
        this.settings = settings;
        this.updates = updates;
        firstMoments = slot(OptimizerSettings.Adam.FIRST_MOMENT);
        secondMoments = slot(OptimizerSettings.Adam.SECOND_MOMENT);
    }

    @Override
    void update(IValue weights, IValue gradients, long step, double learningRate) {
        updates.adam(weights, gradients, firstMoments, secondMoments, step, learningRate, settings);
    }
}
