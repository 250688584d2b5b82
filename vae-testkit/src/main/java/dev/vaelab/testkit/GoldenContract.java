package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.weights.NamedTensors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbers of PyTorch itself: what the reference backend and the backend under test might both get wrong. */
abstract class GoldenContract extends ContractGroup {
    /** Of the way of each tensor, and of the length of what the optimizer remembers of it. */
    private static final double STEPS_TOLERANCE = 5e-5;

    GoldenContract(VaeBackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.GoldenCase#all")
    @DisplayName("in evaluation, the seams and evaluate() give PyTorch's values")
    void evaluation(GoldenCase golden) {
        requireForwardPass(golden, Phase.EVALUATION, "evaluation");
        Comparison comparison = comparison("evaluate()", golden, golden.likelihood());
        try (VaeModel<?> model = model(golden)) {
            comparison.require(
                    model.evaluate(golden.batch(0), golden.settings().beta()),
                    golden.evaluated(),
                    golden.architecture());
        }
        comparison.report();
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.GoldenCase#all")
    @DisplayName("in training, the seams give PyTorch's values")
    void training(GoldenCase golden) {
        requireForwardPass(golden, Phase.TRAINING, "training");
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.GoldenCase#all")
    @DisplayName("gradients() gives PyTorch's loss terms and gradients")
    void gradients(GoldenCase golden) {
        Comparison comparison = comparison("gradients", golden, golden.likelihood());
        try (VaeModel<?> model = model(golden)) {
            comparison.require(
                    model.gradients(golden.batch(0), golden.settings().beta()),
                    golden.gradients(),
                    golden.architecture());
        }
        comparison.report();
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.GoldenCase#all")
    @DisplayName("steps give PyTorch's loss terms, weights, running statistics and optimizer state")
    void steps(GoldenCase golden) {
        Comparison figures = comparison("loss terms of " + golden.steps() + " steps", golden, golden.likelihood());
        Comparison ways = comparison("ways of " + golden.steps() + " steps", golden);
        Comparison state = comparison("optimizer state after " + golden.steps() + " steps", golden);
        try (VaeModel<?> model = model(golden)) {
            for (int step = 0; step < golden.steps(); step++) {
                figures.require(
                        model.step(golden.batch(step), golden.settings()), golden.figures(step), golden.architecture());
            }
            ways.requireWays(golden.weights("initial"), model.weights(), golden.weights("final"), STEPS_TOLERANCE);
            requireState(state, golden, model.optimizerState());
        }
        figures.report();
        ways.report();
        state.report();
    }

    private static void requireState(Comparison comparison, GoldenCase golden, OptimizerState found) {
        assertEquals(golden.steps(), found.steps(), "steps");
        for (String slot : golden.request().optimizer().slots()) {
            NamedTensors expected = golden.trainable(slot);
            SameTensors.requireLayout(expected, found.slot(slot));
            for (String name : expected.names()) {
                float[] values = expected.values(name);
                comparison.requireDistance(
                        slot.replace('_', ' ') + " of " + name,
                        found.slot(slot).values(name),
                        values,
                        Euclidean.length(values),
                        STEPS_TOLERANCE);
            }
        }
    }

    private void requireForwardPass(GoldenCase golden, Phase phase, String part) {
        Comparison comparison = comparison("forward pass in " + phase, golden, golden.likelihood());
        try (VaeModel<?> model = model(golden)) {
            ForwardPass.of(model, golden.single(), phase).requireClose(golden.forwardPass(part), comparison);
        }
        comparison.report();
    }

    private VaeModel<?> model(GoldenCase golden) {
        return create(golden.request());
    }
}
