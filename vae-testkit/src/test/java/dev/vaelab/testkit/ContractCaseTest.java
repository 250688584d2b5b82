package dev.vaelab.testkit;

import dev.vaelab.api.backend.Gradients;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.backend.reference.ReferenceBackend;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The cases of the contract")
class ContractCaseTest {
    /** Several times the rounding of float32. */
    private static final float DISTURBANCE = 5e-7f;

    static Stream<ContractCase> casesOfExactGradients() {
        return Stream.of(
                        ContractCase.grey(),
                        ContractCase.colour(),
                        ContractCase.conditional(),
                        IntStream.of(1, 3, 5).mapToObj(ContractCase.TINY::ofBatch),
                        Stream.of(ContractCase.RECIPE.ofBatch(1)))
                .flatMap(cases -> cases);
    }

    /** Where rounding decides whether a rectifier lets a value through, no tolerance would be right. */
    @ParameterizedTest
    @MethodSource("casesOfExactGradients")
    @DisplayName("have gradients that a rounding of the weights does not move beyond their tolerance")
    void wellConditioned(ContractCase tried) {
        try (VaeModel<?> model = tried.request().create(new ReferenceBackend())) {
            for (int number = 0; number < 2; number++) {
                model.loadWeights(tried.weights());
                Gradients expected = model.gradients(tried.batch(number), 1);
                UniformRandomProvider random = new RandomStreams(number).open(Purpose.WEIGHTS);
                model.loadWeights(DelegatingModel.changed(tried.weights(), (name, values) -> disturb(values, random)));
                new Comparison(tried + ", disturbed")
                        .require(model.gradients(tried.batch(number), 1), expected, tried.architecture());
            }
        }
    }

    @Test
    @Tag(VaeBackendContract.SLOW)
    @DisplayName("of the recipe's size have gradients, as vectors, that such a rounding does not move so far either")
    void wellConditionedRecipe() {
        ContractCase tried = ContractCase.RECIPE;
        Comparison comparison = new Comparison(tried + ", disturbed");
        UniformRandomProvider random = new RandomStreams(1).open(Purpose.WEIGHTS);
        try (VaeModel<?> model = tried.request().create(new ReferenceBackend())) {
            NamedTensors expected = model.gradients(tried.batch(0), 1).gradients();
            model.loadWeights(DelegatingModel.changed(tried.weights(), (name, values) -> disturb(values, random)));
            GradientContract.requireDirections(
                    comparison, model.gradients(tried.batch(0), 1).gradients(), expected);
        }
        comparison.report();
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.GoldenCase#all")
    @DisplayName("of PyTorch have such gradients in each of their steps")
    void wellConditioned(GoldenCase golden) {
        Comparison comparison = new Comparison(golden + ", disturbed");
        UniformRandomProvider random = new RandomStreams(1).open(Purpose.WEIGHTS);
        try (VaeModel<?> model = golden.request().create(new ReferenceBackend());
                VaeModel<?> disturbed = golden.request().create(new ReferenceBackend())) {
            double beta = golden.settings().beta();
            for (int step = 0; step < golden.steps(); step++) {
                disturbed.loadWeights(
                        DelegatingModel.changed(model.weights(), (name, values) -> disturb(values, random)));
                comparison.require(
                        disturbed.gradients(golden.batch(step), beta),
                        model.gradients(golden.batch(step), beta),
                        golden.architecture());
                model.step(golden.batch(step), golden.settings());
            }
        }
        comparison.report();
    }

    private static void disturb(float[] values, UniformRandomProvider random) {
        for (int index = 0; index < values.length; index++) {
            values[index] *= 1 + DISTURBANCE * (random.nextBoolean() ? 1 : -1);
        }
    }
}
