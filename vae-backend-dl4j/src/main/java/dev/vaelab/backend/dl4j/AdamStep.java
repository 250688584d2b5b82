package dev.vaelab.backend.dl4j;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.ParameterUpdate;
import dev.vaelab.backend.dl4j.operation.Blocks;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adam, as {@link OptimizerSettings.Adam} defines it.
 *
 * <p>The engine's operation for it holds beta2 as float32, which leaves five digits of 1 - beta2, and is several times slower. With
 * c1 = 1 - beta1^t and c2 = 1 - beta2^t, lr * m / c1 / (sqrt(v / c2) + epsilon) = lr * sqrt(c2) / c1 * m / (sqrt(v) + epsilon *
 * sqrt(c2)), so that the corrections are no work for each value.
 */
final class AdamStep implements ParameterUpdate<INDArray> {
    private final OptimizerSettings.Adam settings;
    private final Blocks blocks = new Blocks(4, 3);

    AdamStep(OptimizerSettings.Adam settings) {
        this.settings = settings;
    }

    @Override
    public void apply(
            List<INDArray> parameters,
            List<INDArray> gradients,
            Map<String, List<INDArray>> slots,
            long step,
            double learningRate) {
        List<INDArray> firstMoments = slots.get(OptimizerSettings.Adam.FIRST_MOMENT);
        List<INDArray> secondMoments = slots.get(OptimizerSettings.Adam.SECOND_MOMENT);
        double firstCorrection = 1 - Math.pow(settings.beta1(), step);
        double secondRoot = Math.sqrt(1 - Math.pow(settings.beta2(), step));
        float rate = (float) (learningRate * secondRoot / firstCorrection);
        float epsilon = (float) (settings.epsilon() * secondRoot);
        float decay = (float) (learningRate * settings.weightDecay());
        for (int index = 0; index < parameters.size(); index++) {
            blocks.run(
                    List.of(
                            parameters.get(index),
                            firstMoments.get(index),
                            secondMoments.get(index),
                            gradients.get(index)),
                    (values, count) -> change(values, count, rate, epsilon, decay));
        }
    }

    private void change(float[][] values, int count, float rate, float epsilon, float decay) {
        float[] parameters = values[0];
        float[] firstMoments = values[1];
        float[] secondMoments = values[2];
        float[] gradients = values[3];
        float firstKept = (float) settings.beta1();
        float firstAdded = (float) (1 - settings.beta1());
        float secondKept = (float) settings.beta2();
        float secondAdded = (float) (1 - settings.beta2());
        for (int index = 0; index < count; index++) {
            float gradient = gradients[index];
            float first = firstKept * firstMoments[index] + firstAdded * gradient;
            float second = secondKept * secondMoments[index] + secondAdded * (gradient * gradient);
            firstMoments[index] = first;
            secondMoments[index] = second;
            float direction = first / ((float) Math.sqrt(second) + epsilon);
            // Two products and not one with 1 - decay, a factor so close to 1 that it would lose most digits of the
            // decay.
            parameters[index] -= rate * direction + decay * parameters[index];
        }
    }
}
