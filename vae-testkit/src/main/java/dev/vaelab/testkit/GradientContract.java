package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Gradients;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.tensor.TensorRole;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The loss terms and the derivatives of a batch, without learning from it. */
abstract class GradientContract extends ContractGroup {
    /** Of the length of a gradient. A rounding of the weights to float32 moves those of the recipe's batch by some 1e-6. */
    private static final double VECTOR_TOLERANCE = 1e-4;

    GradientContract(VaeBackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("gradients() gives the reference's loss terms and gradients, batch after batch")
    void referenceGradients(ContractCase tried) {
        try (VaeModel<?> model = model(tried);
                VaeModel<?> oracle = oracle(tried)) {
            for (int number = 0; number < 2; number++) {
                requireReferenceGradients(model, oracle, tried, number, 1);
            }
        }
    }

    @Test
    @Tag(VaeBackendContract.SLOW)
    @DisplayName("the model of the recipe gives the reference's gradients of a single image")
    void recipeSingleImage() {
        ContractCase tried = ContractCase.RECIPE.ofBatch(1);
        try (VaeModel<?> model = model(tried);
                VaeModel<?> oracle = oracle(tried)) {
            requireReferenceGradients(model, oracle, tried, 0, 1);
        }
    }

    /**
     * A batch of the recipe passes more than two million rectifiers. Some input of theirs is so close to zero that rounding
     * decides its sign, and with it whether one unit of one image has a part in the gradient. That moves single entries
     * further than it moves the gradient as a whole.
     */
    @Test
    @Tag(VaeBackendContract.SLOW)
    @DisplayName("the model of the recipe gives the reference's gradients of a whole batch, in length and direction")
    void recipe() {
        ContractCase tried = ContractCase.RECIPE;
        Comparison comparison = comparison("gradients as vectors", tried);
        try (VaeModel<?> model = model(tried);
                VaeModel<?> oracle = oracle(tried)) {
            Gradients found = model.gradients(tried.batch(0), 1);
            Gradients expected = oracle.gradients(tried.batch(0), 1);
            comparison.require(found.figures(), expected.figures(), tried.architecture());
            requireDirections(comparison, found.gradients(), expected.gradients());
        }
        comparison.report();
    }

    /** Compares each gradient as a vector. */
    static void requireDirections(Comparison comparison, NamedTensors found, NamedTensors expected) {
        SameTensors.requireLayout(expected, found);
        for (String name : expected.names()) {
            double length = Euclidean.length(expected.values(name));
            comparison.requireDistance(
                    "gradient of " + name, found.values(name), expected.values(name), length, VECTOR_TOLERANCE);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 4})
    @DisplayName("beta weighs the KL term in the gradients, and leaves the loss terms alone")
    void beta(double beta) {
        ContractCase tried = ContractCase.TINY;
        try (VaeModel<?> model = model(tried);
                VaeModel<?> oracle = oracle(tried)) {
            requireReferenceGradients(model, oracle, tried, 0, beta);
        }
    }

    @Test
    @DisplayName("gradients() takes partial batches, down to a single image")
    void batchSizes() {
        try (VaeModel<?> model = model(ContractCase.TINY);
                VaeModel<?> oracle = oracle(ContractCase.TINY)) {
            for (int images : new int[] {5, 1, 3, 5}) {
                requireReferenceGradients(model, oracle, ContractCase.TINY.ofBatch(images), 0, 1);
            }
        }
    }

    @Test
    @DisplayName("gradients() changes neither weights nor running statistics nor optimizer state")
    void nothingChanges() {
        try (VaeModel<?> model = model(ContractCase.TINY)) {
            model.step(ContractCase.TINY.batch(0), new StepSettings(0.001, 1));
            NamedTensors weights = model.weights();
            OptimizerState state = model.optimizerState();
            model.gradients(ContractCase.TINY.batch(1), 1);
            SameTensors.require(weights, model.weights());
            SameTensors.require(state, model.optimizerState());
        }
    }

    @Test
    @DisplayName("step() gives the loss terms of gradients() and learns from the gradients of gradients()")
    void sameAsStep() {
        ContractCase tried = ContractCase.TINY;
        try (VaeModel<?> model = model(tried)) {
            Gradients gradients = model.gradients(tried.batch(0), 2);
            Figures figures = model.step(tried.batch(0), new StepSettings(0.001, 2));
            Comparison comparison = comparison("step() beside gradients()", tried);
            comparison.require(figures, gradients.figures(), tried.architecture());
            requireFirstMoments(
                    comparison,
                    model.optimizerState().slot(OptimizerSettings.Adam.FIRST_MOMENT),
                    gradients.gradients());
            comparison.report();
        }
    }

    /** After the first step they are the gradients times 1 - beta1. */
    private static void requireFirstMoments(Comparison comparison, NamedTensors moments, NamedTensors gradients) {
        double share = 1 - OptimizerSettings.ADAM.beta1();
        for (String name : gradients.names()) {
            Comparison.Tolerance tolerance = Tolerances.ofGradient(gradients.values(name));
            float[] expected = gradients.values(name).clone();
            for (int index = 0; index < expected.length; index++) {
                expected[index] *= share;
            }
            comparison.require(
                    "first moment of " + name, moments.values(name), expected, index -> share * tolerance.at(index));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("a bias that batch normalization absorbs has a gradient of exactly zero, and keeps its value")
    void absorbedBiases(ContractCase tried) {
        try (VaeModel<?> model = model(tried)) {
            NamedTensors gradients = model.gradients(tried.batch(0), 1).gradients();
            model.step(tried.batch(0), new StepSettings(0.001, 1));
            NamedTensors after = model.weights();
            for (TensorSpecification tensor : tried.architecture().tensors()) {
                if (tensor.role() == TensorRole.ABSORBED) {
                    String name = tensor.name();
                    assertArrayEquals(new float[tensor.size()], gradients.values(name), "gradient of " + name);
                    assertArrayEquals(tried.weights().values(name), after.values(name), name);
                }
            }
        }
    }

    @Test
    @DisplayName("an image of NaN gives loss terms of NaN, and no exception")
    void nan() {
        Batch batch = ContractCase.TINY.batch(0);
        float[] images = batch.images().clone();
        images[3] = Float.NaN;
        Batch spoiled = new Batch(batch.count(), images, batch.noise());
        try (VaeModel<?> model = model(ContractCase.TINY)) {
            assertEquals(Double.NaN, model.gradients(spoiled, 1).figures().reconstruction());
            assertEquals(
                    Double.NaN, model.step(spoiled, new StepSettings(0.001, 1)).reconstruction());
        }
    }

    private void requireReferenceGradients(
            VaeModel<?> model, VaeModel<?> oracle, ContractCase tried, int number, double beta) {
        Comparison comparison = comparison("gradients of batch " + number + ", beta " + beta, tried);
        comparison.require(
                model.gradients(tried.batch(number), beta),
                oracle.gradients(tried.batch(number), beta),
                tried.architecture());
        comparison.report();
    }
}
