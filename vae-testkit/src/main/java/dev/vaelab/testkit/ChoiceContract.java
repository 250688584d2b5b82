package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.api.backend.Capability;
import dev.vaelab.api.backend.Likelihood;
import dev.vaelab.api.backend.ModelRequest;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.UnsupportedCapabilityException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Phase;
import dev.vaelab.api.model.TensorRole;
import dev.vaelab.api.model.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an experiment may choose beyond the recipe: done as the reference does it if declared, else refused. */
abstract class ChoiceContract extends ContractGroup {
    /** Neither 1 nor 0.5, and large enough for a density below 1: all that is summed is positive. */
    private static final Likelihood GAUSSIAN = new Likelihood.Gaussian(0.3);

    /** So large that a few steps show it. */
    private static final OptimizerSettings.Adam DECAYING = OptimizerSettings.ADAM.withWeightDecay(3);

    /** Of the factor, of the product and of a difference to float32, relative to the weight. */
    private static final double DECAY_ROUNDING = 4 * 0x1p-24;

    private static final OptimizerSettings DESCENT = new OptimizerSettings.Sgd(0.8);

    /** Shorter than the gradients of any case, so that every step is clipped. */
    private static final double SHORT = 0.5;

    ChoiceContract(VaeBackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#colour")
    @DisplayName("images of more than one channel work if declared, and are refused with the exact words if not")
    void colourImages(ContractCase tried) {
        requireReferenceOrRefusal(tried, tried.request(), Capability.COLOUR_IMAGES);
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("so does the Gaussian likelihood of a stated variance")
    void gaussianLikelihood(ContractCase tried) {
        ModelRequest request = request(tried, GAUSSIAN, OptimizerSettings.ADAM, Double.POSITIVE_INFINITY);
        requireReferenceOrRefusal(tried, request, Capability.GAUSSIAN_LIKELIHOOD);
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("so does stochastic gradient descent with momentum")
    void descent(ContractCase tried) {
        ModelRequest request = request(tried, Likelihood.BERNOULLI, DESCENT, Double.POSITIVE_INFINITY);
        requireReferenceOrRefusal(tried, request, Capability.SGD);
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("so does Adam with decoupled weight decay")
    void weightDecay(ContractCase tried) {
        ModelRequest request = request(tried, Likelihood.BERNOULLI, DECAYING, Double.POSITIVE_INFINITY);
        requireReferenceOrRefusal(tried, request, Capability.WEIGHT_DECAY);
    }

    /** The tolerances of Adam's steps would hide it: where gradients are zero, all that a step may do is within them. */
    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("weight decay takes its share of a bias that batch normalization absorbs, too, and nothing else does")
    void absorbedDecay(ContractCase tried) {
        assumeTrue(
                backend().capabilities().contains(Capability.WEIGHT_DECAY),
                "the backend does not declare weight decay, and refuses it");
        Comparison comparison = comparison("decay of absorbed biases", tried);
        StepSettings settings = new StepSettings(0.01, 1);
        try (VaeModel<?> model = backend().create(tried.request(DECAYING))) {
            NamedTensors before = tried.weights();
            model.step(tried.batch(0), settings);
            NamedTensors after = model.weights();
            for (TensorSpecification tensor : tried.architecture().tensors()) {
                if (tensor.role() == TensorRole.ABSORBED) {
                    requireDecay(comparison, settings, tensor.name(), before, after);
                }
            }
        }
        comparison.report();
    }

    private static void requireDecay(
            Comparison comparison, StepSettings settings, String name, NamedTensors before, NamedTensors after) {
        double kept = 1 - settings.learningRate() * DECAYING.weightDecay();
        for (int index = 0; index < before.values(name).length; index++) {
            double expected = kept * before.values(name)[index];
            comparison.require(
                    name + "[" + index + "]",
                    after.values(name)[index],
                    expected,
                    DECAY_ROUNDING * Math.abs(before.values(name)[index]));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("so does clipping of the gradients, which gradients() does not show")
    void clipping(ContractCase tried) {
        ModelRequest request = request(tried, Likelihood.BERNOULLI, OptimizerSettings.ADAM, SHORT);
        requireReferenceOrRefusal(tried, request, Capability.GRADIENT_CLIPPING);
    }

    private static ModelRequest request(
            ContractCase tried, Likelihood likelihood, OptimizerSettings optimizer, double clipNorm) {
        return new ModelRequest(tried.architecture(), likelihood, optimizer, clipNorm, tried.weights());
    }

    private void requireReferenceOrRefusal(ContractCase tried, ModelRequest request, Capability capability) {
        if (backend().capabilities().contains(capability)) {
            requireReferenceResults(tried, request, capability);
        } else {
            UnsupportedCapabilityException refusal = assertThrows(
                    UnsupportedCapabilityException.class,
                    () -> backend().create(request).close());
            assertEquals(
                    "backend " + backend().name() + " does not support " + capability.description(),
                    refusal.getMessage());
        }
    }

    private void requireReferenceResults(ContractCase tried, ModelRequest request, Capability capability) {
        Comparison comparison = comparison(capability.description(), tried);
        try (VaeModel<?> model = backend().create(request);
                VaeModel<?> oracle = oracle(request)) {
            ForwardPass.of(model, tried.batch(0), Phase.EVALUATION)
                    .requireClose(ForwardPass.of(oracle, tried.batch(0), Phase.EVALUATION), comparison);
            comparison.require(
                    model.gradients(tried.batch(0), 1),
                    oracle.gradients(tried.batch(0), 1),
                    tried.architecture().latent());
        }
        ReferenceTraining.require(comparison, backend(), tried, request);
    }
}
