package dev.vaelab.backend.dl4j;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.backend.dl4j.operation.AdamUpdate;
import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.Operation;
import dev.vaelab.backend.dl4j.operation.Operations;
import dev.vaelab.backend.dl4j.operation.ScaledSum;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adam, as {@link OptimizerSettings.Adam} defines it.
 *
 * <p>With c1 = 1 - beta1^t and c2 = 1 - beta2^t, lr * m / c1 / (sqrt(v / c2) + epsilon) = lr * sqrt(c2) / c1 * m /
 * (sqrt(v) + epsilon * sqrt(c2)), which the engine's operation computes in one go.
 */
final class Adam extends Optimizer {
    private final OptimizerSettings.Adam settings;
    private final List<Moments> moments;
    private final List<ScaledSum> decays;

    /** Starts with moments of zero. */
    Adam(OptimizerSettings.Adam settings, List<Network> networks) {
        this.settings = settings;
        moments = networks.stream().map(Moments::new).toList();
        decays = settings.weightDecay() == 0
                ? List.of()
                : networks.stream()
                        .map(Network::parameters)
                        .map(vector -> Operations.scaledSum(vector, vector, vector))
                        .toList();
    }

    @Override
    void update(double learningRate) {
        // Added and not multiplied: the product's factor, so close to 1, would lose most digits of the decay in
        // float32.
        decays.forEach(vector -> vector.run(-learningRate * settings.weightDecay()));
        // The operation holds the betas as float32; the correction must be that of the average that it really keeps.
        double firstCorrection = 1 - Math.pow((float) settings.beta1(), steps());
        double secondRoot = Math.sqrt(1 - Math.pow((float) settings.beta2(), steps()));
        double rate = learningRate * secondRoot / firstCorrection;
        moments.forEach(vector -> vector.step(rate, settings.epsilon() * secondRoot));
    }

    @Override
    public void close() {
        super.close();
        moments.forEach(vector -> vector.update.close());
    }

    /** The moments of one network. */
    private final class Moments {
        private final INDArray update;
        private final AdamUpdate computeUpdate;
        private final Operation applyUpdate;

        Moments(Network network) {
            INDArray parameters = network.parameters();
            INDArray first = remember(OptimizerSettings.Adam.FIRST_MOMENT, network);
            INDArray second = remember(OptimizerSettings.Adam.SECOND_MOMENT, network);
            update = Arrays.uninitialized(parameters.shape());
            computeUpdate = Operations.adamUpdate(network.gradients(), first, second, update);
            applyUpdate = Operations.difference(parameters, update, parameters);
        }

        void step(double rate, double epsilon) {
            // The engine's operation takes a rate of 0, or what float32 rounds to it, for an underflow and replaces it.
            boolean moves = (float) rate != 0;
            computeUpdate.run(moves ? rate : 1, settings.beta1(), settings.beta2(), epsilon);
            if (moves) {
                applyUpdate.run();
            }
        }
    }
}
