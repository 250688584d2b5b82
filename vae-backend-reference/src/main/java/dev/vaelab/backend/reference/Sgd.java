package dev.vaelab.backend.reference;

import static dev.vaelab.api.backend.OptimizerSettings.Sgd.VELOCITY;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.model.Architecture;

/** Stochastic gradient descent, as {@link OptimizerSettings.Sgd} defines it. */
final class Sgd extends Optimizer {
    private final OptimizerSettings.Sgd settings;

    /** Starts without a memory. */
    Sgd(OptimizerSettings.Sgd settings, Architecture architecture) {
        super(settings, architecture);
        this.settings = settings;
    }

    @Override
    void update(String name, double[] weight, double[] gradient, double learningRate) {
        double[] velocity = remembered(VELOCITY, name);
        for (int index = 0; index < weight.length; index++) {
            velocity[index] = settings.momentum() * velocity[index] + gradient[index];
            weight[index] -= learningRate * velocity[index];
        }
        remember(VELOCITY, name, velocity);
    }
}
