package dev.vaelab.backend.dl4j;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.ParameterUpdate;
import dev.vaelab.backend.dl4j.operation.ScaledSum;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Stochastic gradient descent with momentum, as {@link OptimizerSettings.Sgd} defines it. */
final class SgdStep implements ParameterUpdate<INDArray> {
    private final OptimizerSettings.Sgd settings;
    private final ScaledSum accelerate = new ScaledSum();
    private final ScaledSum move = new ScaledSum();

    SgdStep(OptimizerSettings.Sgd settings) {
        this.settings = settings;
    }

    @Override
    public void apply(
            List<INDArray> parameters,
            List<INDArray> gradients,
            Map<String, List<INDArray>> slots,
            long step,
            double learningRate) {
        List<INDArray> velocities = slots.get(OptimizerSettings.Sgd.VELOCITY);
        for (int index = 0; index < parameters.size(); index++) {
            INDArray velocity = velocities.get(index);
            INDArray parameter = parameters.get(index);
            accelerate.run(settings.momentum(), velocity, gradients.get(index), velocity);
            move.run(-learningRate, velocity, parameter, parameter);
        }
    }
}
