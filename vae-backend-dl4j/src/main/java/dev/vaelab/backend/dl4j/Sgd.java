package dev.vaelab.backend.dl4j;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.backend.dl4j.operation.Operations;
import dev.vaelab.backend.dl4j.operation.ScaledSum;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Stochastic gradient descent with momentum, as {@link OptimizerSettings.Sgd} defines it. */
final class Sgd extends Optimizer {
    private final OptimizerSettings.Sgd settings;
    private final List<Velocity> velocities;

    /** Starts with velocities of zero. */
    Sgd(OptimizerSettings.Sgd settings, List<Network> networks) {
        this.settings = settings;
        velocities = networks.stream().map(Velocity::new).toList();
    }

    @Override
    void update(double learningRate) {
        velocities.forEach(velocity -> velocity.step(learningRate));
    }

    /** The velocity of one network. */
    private final class Velocity {
        private final ScaledSum accelerate;
        private final ScaledSum move;

        Velocity(Network network) {
            INDArray parameters = network.parameters();
            INDArray velocity = remember(OptimizerSettings.Sgd.VELOCITY, network);
            accelerate = Operations.scaledSum(velocity, network.gradients(), velocity);
            move = Operations.scaledSum(velocity, parameters, parameters);
        }

        void step(double learningRate) {
            accelerate.run(settings.momentum());
            move.run(-learningRate);
        }
    }
}
