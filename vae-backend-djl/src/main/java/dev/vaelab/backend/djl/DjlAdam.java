package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.TensorSpecification;
import java.util.List;

/**
 * Adam, as {@link OptimizerSettings.Adam} defines it.
 *
 * <p>The absorbed tensors, whose gradients are zero, take part where there is weight decay: nothing else changes them.
 */
final class DjlAdam extends DjlOptimizer {
    private final OptimizerSettings.Adam settings;
    private final TorchUpdates updates;
    private final IValue firstMoments;
    private final IValue secondMoments;
    private final IValue absorbedWeights;
    private final IValue absorbedGradients;
    private final IValue absorbedFirstMoments;
    private final IValue absorbedSecondMoments;

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
        absorbedWeights = absorbedWeights();
        absorbedGradients = absorbedGradients();
        absorbedFirstMoments = absorbedSlot(OptimizerSettings.Adam.FIRST_MOMENT);
        absorbedSecondMoments = absorbedSlot(OptimizerSettings.Adam.SECOND_MOMENT);
    }

    @Override
    void update(IValue weights, IValue gradients, long step, double learningRate) {
        updates.adam(weights, gradients, firstMoments, secondMoments, step, learningRate, settings);
        if (settings.weightDecay() != 0) {
            updates.adam(
                    absorbedWeights,
                    absorbedGradients,
                    absorbedFirstMoments,
                    absorbedSecondMoments,
                    step,
                    learningRate,
                    settings);
        }
    }
}
