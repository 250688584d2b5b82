package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.InitialWeights;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.training.model.ModelRequest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What training steps change, one after the other. */
abstract class TrainingContract extends ContractGroup {
    private static final int STEPS = ReferenceTraining.STEPS;
    private static final double LEARNING_RATE = 0.001;

    /**
     * With so large an epsilon, Adam does not blow rounding up: every weight must follow the reference closely. It also
     * tells an epsilon outside the root from one inside, and settings that are used from settings that are not.
     */
    private static final OptimizerSettings.Adam GENTLE = new OptimizerSettings.Adam(0.8, 0.99, 0.1, 0);

    /** Of the loss, in the course of a few steps of the recipe. */
    private static final double FIGURE_TOLERANCE = 2e-5;

    /** Of the way of a tensor in these steps. */
    private static final double WAY_TOLERANCE = 0.01;

    TrainingContract(VaeBackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("five steps of the recipe's Adam lead to the reference's weights, running statistics and moments")
    void adam(ContractCase tried) {
        requireReferenceTraining(tried, OptimizerSettings.ADAM);
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("five steps of an Adam with other settings, and a large epsilon outside the root, do so, too")
    void gentleAdam(ContractCase tried) {
        requireReferenceTraining(tried, GENTLE);
    }

    @Test
    @DisplayName("steps on partial batches, down to a single image, lead to the reference's weights, too")
    void batchSizes() {
        Comparison comparison = comparison("steps on batches of other sizes", ContractCase.TINY);
        ReferenceTraining.require(
                comparison,
                this::create,
                ContractCase.TINY.request(),
                IntStream.of(5, 1, 3, 5)
                        .mapToObj(ContractCase.TINY::ofBatch)
                        .map(List::of)
                        .toList());
    }

    @Test
    @DisplayName("a step on several batches, each of which counts by its images, leads to the reference's weights, too")
    void severalBatches() {
        Comparison comparison = comparison("steps on several batches", ContractCase.TINY);
        ReferenceTraining.require(
                comparison,
                this::create,
                ContractCase.TINY.request(),
                Stream.of(List.of(5, 5, 2), List.of(5, 1), List.of(3, 3))
                        .map(sizes ->
                                sizes.stream().map(ContractCase.TINY::ofBatch).toList())
                        .toList());
    }

    private void requireReferenceTraining(ContractCase tried, OptimizerSettings.Adam optimizer) {
        Comparison comparison = comparison("five steps, epsilon " + optimizer.epsilon(), tried);
        ReferenceTraining.require(comparison, this::create, tried, tried.request(optimizer));
    }

    /**
     * On the way, rounding decides about some rectifiers, see {@link GradientContract#recipe()}, and the signs of the
     * smallest gradients, which Adam makes full steps of. So the whole way of each tensor is compared, not every entry.
     */
    @Test
    @Tag(VaeBackendContract.SLOW)
    @DisplayName("five steps of the recipe on its own model take each tensor the way that the reference goes")
    void recipe() {
        requireReferenceWays(OptimizerSettings.ADAM);
    }

    @Test
    @Tag(VaeBackendContract.SLOW)
    @DisplayName("five steps with a large epsilon on the recipe's model do so, too")
    void gentleRecipe() {
        requireReferenceWays(GENTLE);
    }

    private void requireReferenceWays(OptimizerSettings.Adam optimizer) {
        ContractCase tried = ContractCase.RECIPE;
        Comparison figures = comparison("loss terms of five steps, epsilon " + optimizer.epsilon(), tried);
        Comparison ways = comparison("ways of five steps, epsilon " + optimizer.epsilon(), tried);
        try (VaeModel<?> model = model(tried, optimizer);
                VaeModel<?> oracle = oracle(tried, optimizer)) {
            for (int step = 0; step < STEPS; step++) {
                Figures found = model.step(tried.batch(step), ReferenceTraining.settings(step));
                Figures expected = oracle.step(tried.batch(step), ReferenceTraining.settings(step));
                double tolerance = FIGURE_TOLERANCE * expected.total();
                figures.require("reconstruction", found.reconstruction(), expected.reconstruction(), tolerance);
                figures.require("kl", found.kl(), expected.kl(), tolerance);
            }
            ways.requireWays(tried.weights(), model.weights(), oracle.weights(), WAY_TOLERANCE);
        }
        figures.report();
        ways.report();
    }

    @Test
    @DisplayName("a learning rate of 0 leaves the weights alone, and the running statistics move")
    void learningRateZero() {
        ContractCase tried = ContractCase.TINY;
        try (VaeModel<?> model = model(tried)) {
            model.step(tried.batch(0), new StepSettings(0, 1));
            NamedTensors before = tried.weights();
            NamedTensors after = model.weights();
            for (TensorSpecification tensor : tried.architecture().tensors()) {
                boolean same = Arrays.equals(before.values(tensor.name()), after.values(tensor.name()));
                assertEquals(tensor.role().trainable(), same, tensor.name() + " is the same");
            }
            assertEquals(1, model.optimizerState().steps());
        }
    }

    @Test
    @DisplayName("the same calls with the same data give the same figures and weights, bit for bit")
    void repeatable() {
        ContractCase tried = ContractCase.TINY;
        try (VaeModel<?> first = model(tried);
                VaeModel<?> second = model(tried)) {
            for (int step = 0; step < STEPS; step++) {
                StepSettings settings = new StepSettings(LEARNING_RATE, 1);
                assertEquals(first.step(tried.batch(step), settings), second.step(tried.batch(step), settings));
            }
            SameTensors.require(first.weights(), second.weights());
            SameTensors.require(first.optimizerState(), second.optimizerState());
        }
    }

    @Test
    @DisplayName("another seed, which is other weights and other data, gives other figures and weights")
    void seed() {
        ContractCase tried = ContractCase.TINY;
        StepSettings settings = new StepSettings(LEARNING_RATE, 1);
        NamedTensors otherWeights = InitialWeights.draw(tried.architecture(), new RandomStreams(2));
        try (VaeModel<?> first = model(tried);
                VaeModel<?> second = create(ModelRequest.of(tried.architecture(), otherWeights))) {
            for (int step = 0; step < STEPS; step++) {
                assertNotEquals(
                        first.step(tried.batch(step), settings), second.step(tried.batch(STEPS + step), settings));
            }
            for (TensorSpecification tensor : tried.architecture().tensors()) {
                boolean same = Arrays.equals(
                        first.weights().values(tensor.name()), second.weights().values(tensor.name()));
                assertFalse(same, tensor.name() + " is the same");
            }
        }
    }

    @Test
    @DisplayName("another noise gives other figures")
    void noise() {
        ContractCase tried = ContractCase.TINY;
        Batch batch = tried.batch(0);
        Batch otherNoise =
                new Batch(batch.count(), batch.images(), tried.batch(1).noise());
        try (VaeModel<?> model = model(tried)) {
            assertNotEquals(
                    model.gradients(batch, 1).figures().reconstruction(),
                    model.gradients(otherNoise, 1).figures().reconstruction());
        }
    }

    @Test
    @DisplayName("training on one small batch brings its loss down")
    void learning() {
        ContractCase tried = ContractCase.TINY;
        StepSettings settings = new StepSettings(0.01, 1);
        try (VaeModel<?> model = model(tried)) {
            double before = model.step(tried.batch(0), settings).total();
            for (int step = 0; step < 200; step++) {
                model.step(tried.batch(0), settings);
            }
            double after = model.gradients(tried.batch(0), 1).figures().total();
            assertTrue(after < before / 2, "from " + before + " to " + after + " nats per image");
        }
    }
}
