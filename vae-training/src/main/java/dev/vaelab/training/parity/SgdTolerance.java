package dev.vaelab.training.parity;

import static dev.vaelab.api.backend.OptimizerSettings.Sgd.VELOCITY;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A velocity is a weighted sum of gradients, and its error the same sum of theirs. The gradient of a step is the velocity
 * after it less the momentum's share of the velocity before.
 */
final class SgdTolerance extends UpdateTolerance {
    private final OptimizerSettings.Sgd settings;
    private final double gradientTolerance;
    private final Map<String, Double> ofVelocity = new HashMap<>();

    SgdTolerance(OptimizerSettings.Sgd settings, double gradientTolerance) {
        this.settings = settings;
        this.gradientTolerance = gradientTolerance;
    }

    @Override
    void note(OptimizerState before, OptimizerState after) {
        NamedTensors gradients = gradients(before.slot(VELOCITY), after.slot(VELOCITY));
        for (String name : gradients.names()) {
            double error = gradientTolerance * Scale.ofLayer(gradients, name);
            ofVelocity.merge(name, error, (earlier, now) -> settings.momentum() * earlier + now);
        }
    }

    private NamedTensors gradients(NamedTensors before, NamedTensors after) {
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        after.asMap().forEach((name, tensor) -> {
            float[] values = tensor.values().clone();
            for (int index = 0; index < values.length; index++) {
                values[index] -= (float) settings.momentum() * before.values(name)[index];
            }
            gradients.put(name, new Tensor(tensor.shape(), values));
        });
        return new NamedTensors(gradients);
    }

    @Override
    double ofDirection(String name, int index) {
        return ofVelocity.get(name);
    }

    @Override
    public double ofSlot(String slot, String name, int index) {
        return ofVelocity.get(name);
    }
}
