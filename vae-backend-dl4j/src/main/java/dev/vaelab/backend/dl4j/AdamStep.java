package dev.vaelab.backend.dl4j;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.ParameterUpdate;
import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.backend.dl4j.operation.AdamUpdate;
import dev.vaelab.backend.dl4j.operation.BoundOperations;
import dev.vaelab.backend.dl4j.operation.ScaledSum;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adam, as {@link OptimizerSettings.Adam} defines it.
 *
 * <p>With c1 = 1 - beta1^t and c2 = 1 - beta2^t, lr * m / c1 / (sqrt(v / c2) + epsilon) = lr * sqrt(c2) / c1 * m /
 * (sqrt(v) + epsilon * sqrt(c2)), which the engine's operation computes in one go.
 */
final class AdamStep implements ParameterUpdate<INDArray> {
    private final OptimizerSettings.Adam settings;
    private final Scopes scopes;
    private final BoundOperations engine;
    private final AdamUpdate update = new AdamUpdate();
    private final ScaledSum decay = new ScaledSum();

    /**
     * Makes the update.
     *
     * @param scopes own what it computes
     */
    AdamStep(OptimizerSettings.Adam settings, Scopes scopes, BoundOperations engine) {
        this.settings = settings;
        this.scopes = scopes;
        this.engine = engine;
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
        // The operation holds the betas as float32; the correction must be that of the average that it really keeps.
        double firstCorrection = 1 - Math.pow((float) settings.beta1(), step);
        double secondRoot = Math.sqrt(1 - Math.pow((float) settings.beta2(), step));
        double rate = learningRate * secondRoot / firstCorrection;
        for (int index = 0; index < parameters.size(); index++) {
            INDArray parameter = parameters.get(index);
            if (settings.weightDecay() != 0) {
                // Added and not multiplied: the product's factor, so close to 1, would lose most digits of the decay in
                // float32.
                decay.run(-learningRate * settings.weightDecay(), parameter, parameter, parameter);
            }
            try (OperationScope scope = scopes.open()) {
                INDArray difference = scopes.allocate(parameter.shape());
                update.run(
                        gradients.get(index),
                        firstMoments.get(index),
                        secondMoments.get(index),
                        difference,
                        // The engine's operation takes a rate of 0 for an underflow and replaces it.
                        rate == 0 ? 1 : rate,
                        settings.beta1(),
                        settings.beta2(),
                        settings.epsilon() * secondRoot);
                if (rate != 0) {
                    engine.run("subtract", List.of(parameter, difference), parameter);
                }
            }
        }
    }
}
