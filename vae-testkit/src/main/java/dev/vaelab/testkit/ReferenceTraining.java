package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.backend.ModelRequest;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.StepFigures;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.parity.UpdateTolerance;

/** A few training steps beside the reference. */
final class ReferenceTraining {
    static final int STEPS = 5;

    private static final double LEARNING_RATE = 0.001;

    private ReferenceTraining() {}

    /** Requires the reference's loss terms in every step, and at the end its weights, statistics and optimizer state. */
    static void require(Comparison comparison, VaeBackend backend, ContractCase tried, ModelRequest request) {
        UpdateTolerance tolerance = UpdateTolerance.of(request.optimizer(), Tolerances.GRADIENT);
        try (VaeModel<?> model = backend.create(request);
                VaeModel<?> oracle = ContractGroup.oracle(request)) {
            for (int step = 0; step < STEPS; step++) {
                OptimizerState before = oracle.optimizerState();
                StepFigures found = model.step(tried.batch(step), settings(step));
                StepFigures expected = oracle.step(tried.batch(step), settings(step));
                comparison.require(found, expected, tried.architecture().latent());
                tolerance.addStep(before, oracle, settings(step).learningRate());
            }
            comparison.require("", model.weights(), oracle.weights(), name -> index -> tolerance.ofTensor(name, index));
            requireState(comparison, model.optimizerState(), oracle.optimizerState(), tolerance);
        }
        comparison.report();
    }

    /** Another learning rate and another beta in every step. */
    static StepSettings settings(int step) {
        return new StepSettings(LEARNING_RATE * (1 + step), 2 - 0.5 * step);
    }

    private static void requireState(
            Comparison comparison, OptimizerState found, OptimizerState expected, UpdateTolerance tolerance) {
        assertEquals(expected.steps(), found.steps(), "steps");
        assertEquals(expected.slots().keySet(), found.slots().keySet(), "slots of the optimizer");
        expected.slots()
                .forEach((slot, tensors) -> comparison.require(
                        slot.replace('_', ' ') + " of ",
                        found.slot(slot),
                        tensors,
                        name -> index -> tolerance.ofSlot(slot, name, index)));
    }
}
