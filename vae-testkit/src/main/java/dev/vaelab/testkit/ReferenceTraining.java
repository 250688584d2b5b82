package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Figures;
import dev.vaelab.training.model.ModelRequest;
import dev.vaelab.training.parity.UpdateTolerance;
import java.util.ArrayList;
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
        require(comparison, backend, request, Collections.nCopies(STEPS, List.of(tried)));
    }

    /**
     * Requires the reference's loss terms in every step, and at the end its weights, statistics and optimizer state.
     *
     * @param steps what each step is done on: the same model with batches of any size, one or several in a step
     */
    static void require(
            Comparison comparison,
            Function<ModelRequest, VaeModel<?>> backend,
            ModelRequest request,
            List<List<ContractCase>> steps) {
        UpdateTolerance tolerance = UpdateTolerance.of(request.optimizer(), Tolerances.GRADIENT);
        try (VaeModel<?> model = backend.apply(request);
                VaeModel<?> oracle = ContractGroup.oracle(request)) {
            int number = 0;
            for (int step = 0; step < steps.size(); step++) {
                List<Batch> batches = new ArrayList<>();
                for (ContractCase tried : steps.get(step)) {
                    batches.add(tried.batch(number++));
                }
                OptimizerState before = oracle.optimizerState();
                Figures found = step(model, batches, settings(step));
                Figures expected = step(oracle, batches, settings(step));
                comparison.require(found, expected, request.architecture());
                tolerance.addStep(before, oracle, settings(step).learningRate());
            }
            comparison.require("", model.weights(), oracle.weights(), name -> index -> tolerance.ofTensor(name, index));
            requireState(comparison, model.optimizerState(), oracle.optimizerState(), tolerance);
        }
        comparison.report();
    }

    private static Figures step(VaeModel<?> model, List<Batch> batches, StepSettings settings) {
        return batches.size() == 1 ? model.step(batches.get(0), settings) : model.step(batches, settings);
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
