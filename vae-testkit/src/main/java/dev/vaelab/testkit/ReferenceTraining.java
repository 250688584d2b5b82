package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Figures;
import dev.vaelab.training.model.ModelRequest;
import dev.vaelab.training.parity.UpdateTolerance;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** A few training steps beside the reference. */
final class ReferenceTraining {
    static final int STEPS = 5;

    private static final double LEARNING_RATE = 0.001;

    private ReferenceTraining() {}

    /** {@link #STEPS} steps on batches of one size. */
    static void require(
            Comparison comparison,
            Function<ModelRequest, VaeModel<?>> backend,
            ContractCase tried,
            ModelRequest request) {
        require(comparison, backend, request, Collections.nCopies(STEPS, tried));
    }

    /**
     * Requires the reference's loss terms in every step, and at the end its weights, statistics and optimizer state.
     *
     * @param cases what each step is done on: the same model with batches of any size
     */
    static void require(
            Comparison comparison,
            Function<ModelRequest, VaeModel<?>> backend,
            ModelRequest request,
            List<ContractCase> cases) {
        UpdateTolerance tolerance = UpdateTolerance.of(request.optimizer(), Tolerances.GRADIENT);
        try (VaeModel<?> model = backend.apply(request);
                VaeModel<?> oracle = ContractGroup.oracle(request)) {
            for (int step = 0; step < cases.size(); step++) {
                Batch batch = cases.get(step).batch(step);
                OptimizerState before = oracle.optimizerState();
                Figures found = model.step(batch, settings(step));
                Figures expected = oracle.step(batch, settings(step));
                comparison.require(found, expected, request.architecture());
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
