package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Gradients;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.StepFigures;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.weights.NamedTensors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a training step computes and changes. */
abstract class LearningContract extends ContractGroup {
    private static final double FIGURE_TOLERANCE = 1e-5;
    private static final double GRADIENT_TOLERANCE = 1e-4;
    private static final double BETA = 1.5;
    private static final double LEARNING_RATE = 0.001;
    private static final int STEPS = 5;

    /** So large an epsilon that Adam does not blow rounding up: every weight must follow the reference's. */
    private static final OptimizerSettings GENTLE = new OptimizerSettings(0.9, 0.999, 0.1);

    LearningContract(VaeBackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("gradients() gives the reference's loss terms and the reference's gradient of every trainable tensor")
    void gradients(ContractCase tried) {
        Batch batch = tried.batch(0);
        try (VaeModel<?> model = model(tried.request(OptimizerSettings.ADAM));
                VaeModel<?> oracle = oracle(tried.request(OptimizerSettings.ADAM))) {
            Gradients found = model.gradients(batch, BETA);
            Gradients expected = oracle.gradients(batch, BETA);
            Comparison comparison = comparison("gradients", tried);
            requireFigures(comparison, found.figures(), expected.figures());
            for (String name : expected.gradients().names()) {
                double tolerance = GRADIENT_TOLERANCE * Scale.ofLayer(expected.gradients(), name);
                comparison.require(
                        name,
                        found.gradients().values(name),
                        expected.gradients().values(name),
                        index -> tolerance);
            }
            comparison.report();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("five steps of Adam lead to the reference's weights, running statistics and moments")
    void fiveSteps(ContractCase tried) {
        compareTrainings(tried, OptimizerSettings.ADAM);
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("five steps of Adam with a large epsilon, which forgives less, lead to the reference's weights, too")
    void fiveGentleSteps(ContractCase tried) {
        compareTrainings(tried, GENTLE);
    }

    private void compareTrainings(ContractCase tried, OptimizerSettings optimizer) {
        StepSettings settings = new StepSettings(LEARNING_RATE, BETA);
        TrainingTolerance tolerance = new TrainingTolerance(optimizer, LEARNING_RATE, GRADIENT_TOLERANCE);
        Comparison comparison = comparison("five steps with epsilon " + optimizer.epsilon(), tried);
        try (VaeModel<?> model = model(tried.request(optimizer));
                VaeModel<?> oracle = oracle(tried.request(optimizer))) {
            for (int step = 0; step < STEPS; step++) {
                Batch batch = tried.batch(step);
                requireFigures(comparison, model.step(batch, settings), oracle.step(batch, settings));
                tolerance.addStep(oracle);
            }
            requireWeights(comparison, model.weights(), oracle.weights(), tolerance);
            requireState(comparison, model.optimizerState(), oracle.optimizerState(), tolerance);
            comparison.report();
        }
    }

    private static void requireFigures(Comparison comparison, StepFigures found, StepFigures expected) {
        comparison.require(
                "reconstruction",
                found.reconstruction(),
                expected.reconstruction(),
                FIGURE_TOLERANCE * expected.reconstruction());
        comparison.require("kl", found.kl(), expected.kl(), FIGURE_TOLERANCE * expected.kl());
    }

    private static void requireWeights(
            Comparison comparison, NamedTensors found, NamedTensors expected, TrainingTolerance tolerance) {
        for (String name : expected.names()) {
            comparison.require(
                    name, found.values(name), expected.values(name), index -> tolerance.ofTensor(name, index));
        }
    }

    private static void requireState(
            Comparison comparison, OptimizerState found, OptimizerState expected, TrainingTolerance tolerance) {
        assertEquals(expected.steps(), found.steps(), "steps");
        for (String name : expected.firstMoment().names()) {
            comparison.require(
                    "first moment of " + name,
                    found.firstMoment().values(name),
                    expected.firstMoment().values(name),
                    index -> tolerance.ofFirstMoment(name));
            comparison.require(
                    "second moment of " + name,
                    found.secondMoment().values(name),
                    expected.secondMoment().values(name),
                    index -> tolerance.ofSecondMoment(name, index));
        }
    }
}
