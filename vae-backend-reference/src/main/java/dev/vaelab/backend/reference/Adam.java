package dev.vaelab.backend.reference;

import static dev.vaelab.api.backend.OptimizerSettings.Adam.FIRST_MOMENT;
import static dev.vaelab.api.backend.OptimizerSettings.Adam.SECOND_MOMENT;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.model.Architecture;

/** Adam, as {@link OptimizerSettings.Adam} defines it. */
final class Adam extends Optimizer {
    private final OptimizerSettings.Adam settings;

    /** Starts without a memory. */
    Adam(OptimizerSettings.Adam settings, Architecture architecture) {
        super(settings, architecture);
        this.settings = settings;
    }

    @Override
    void update(String name, double[] weight, double[] gradient, double learningRate) {
        double firstCorrection = 1 - Math.pow(settings.beta1(), steps());
        double secondCorrection = 1 - Math.pow(settings.beta2(), steps());
        double kept = 1 - learningRate * settings.weightDecay();
        double[] first = remembered(FIRST_MOMENT, name);
        double[] second = remembered(SECOND_MOMENT, name);
        for (int index = 0; index < weight.length; index++) {
            double slope = gradient[index];
            first[index] = settings.beta1() * first[index] + (1 - settings.beta1()) * slope;
            second[index] = settings.beta2() * second[index] + (1 - settings.beta2()) * slope * slope;
            double deviation = Math.sqrt(second[index] / secondCorrection);
            weight[index] = kept * weight[index]
                    - learningRate * first[index] / firstCorrection / (deviation + settings.epsilon());
        }
        remember(FIRST_MOMENT, name, first);
        remember(SECOND_MOMENT, name, second);
    }
}
