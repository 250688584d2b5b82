package dev.vaelab.training.parity;

import static dev.vaelab.api.backend.OptimizerSettings.Adam.FIRST_MOMENT;
import static dev.vaelab.api.backend.OptimizerSettings.Adam.SECOND_MOMENT;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.weights.NamedTensors;
import java.util.HashMap;
import java.util.Map;

/**
 * Adam divides a gradient by its size, so that one that is hardly more than rounding moves its weight a full step in a
 * direction that rounding chooses. That is no fault of an engine.
 *
 * <p>Let d be the error of an entry of the gradients, r the root of the bias-corrected second moment, m the bias-corrected
 * first moment. m is a weighted mean of gradients and r a weighted Euclidean norm of them, so neither is off by more than
 * d, and the direction m / (r + epsilon) is not off by more than 2 d / (r + epsilon) in first order, since m is about as
 * large as r at most. Nor can it be off by more than two full steps. So an entry with a healthy gradient must agree
 * closely, one whose gradient is near rounding is bounded by the way that it can go, and with a large epsilon everything
 * must agree closely.
 */
final class AdamTolerance extends UpdateTolerance {
    private final OptimizerSettings.Adam settings;
    private final double gradientTolerance;
    /** Of each tensor in the last step: to measure a layer anew for each of its entries would take hours. */
    private final Map<String, Double> gradientErrors = new HashMap<>();

    private OptimizerState state;
    private double secondCorrection;

    AdamTolerance(OptimizerSettings.Adam settings, double gradientTolerance) {
        this.settings = settings;
        this.gradientTolerance = gradientTolerance;
    }

    @Override
    void note(OptimizerState before, OptimizerState after) {
        state = after;
        secondCorrection = 1 - Math.pow(settings.beta2(), after.steps());
        gradientErrors.clear();
        for (String name : second().names()) {
            gradientErrors.put(name, gradientTolerance * root(Scale.ofLayer(second(), name)));
        }
    }

    @Override
    double ofDirection(String name, int index) {
        return 2 * Math.min(1, gradientErrors.get(name) / (root(second().values(name)[index]) + settings.epsilon()));
    }

    @Override
    public double ofSlot(String slot, String name, int index) {
        double error = gradientErrors.get(name);
        return switch (slot) {
            case FIRST_MOMENT -> (1 - Math.pow(settings.beta1(), state.steps())) * error;
            // The error of a mean of squares: (g + d)^2 - g^2.
            case SECOND_MOMENT -> secondCorrection * (2 * root(second().values(name)[index]) + error) * error;
            default -> throw new IllegalArgumentException("Adam has no slot " + slot);
        };
    }

    private NamedTensors second() {
        return state.slot(SECOND_MOMENT);
    }

    private double root(double second) {
        return Math.sqrt(second / secondCorrection);
    }
}
