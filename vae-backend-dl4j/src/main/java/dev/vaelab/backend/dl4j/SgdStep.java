package dev.vaelab.backend.dl4j;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.ParameterUpdate;
import dev.vaelab.backend.dl4j.operation.Blocks;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Stochastic gradient descent with momentum, as {@link OptimizerSettings.Sgd} defines it. */
final class SgdStep implements ParameterUpdate<INDArray> {
    private final float momentum;
    private final Blocks blocks = new Blocks(3, 2);

    SgdStep(OptimizerSettings.Sgd settings) {
        this.momentum = (float) settings.momentum();
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
            blocks.run(
                    List.of(parameters.get(index), velocities.get(index), gradients.get(index)),
                    (values, count) -> change(values, count, (float) learningRate));
        }
    }

    private void change(float[][] values, int count, float learningRate) {
        float[] parameters = values[0];
        float[] velocities = values[1];
        float[] gradients = values[2];
        for (int index = 0; index < count; index++) {
            float velocity = momentum * velocities[index] + gradients[index];
            velocities[index] = velocity;
            parameters[index] -= learningRate * velocity;
        }
    }
}
