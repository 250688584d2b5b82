package dev.vaelab.testkit;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Gradients;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.model.Prior;
import dev.vaelab.api.model.Sampler;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.tensor.TensorRole;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.training.model.ModelRequest;
import dev.vaelab.training.part.ContinuousBernoulli;
import dev.vaelab.training.part.Deterministic;
import dev.vaelab.training.part.FixedGaussian;
import dev.vaelab.training.part.GaussianMixture;
import dev.vaelab.training.part.ImportanceWeighted;
import dev.vaelab.training.part.LearnedGaussian;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an experiment may choose beyond the recipe: every network, part and optimizer leads where it leads the reference. */
abstract class ChoiceContract extends ContractGroup {
    /** Neither 1 nor 0.5, and large enough for a density below 1: all that is summed is positive. */
    private static final Likelihood GAUSSIAN = new FixedGaussian(0.3);

    /** So large that a few steps show it. */
    private static final OptimizerSettings.Adam DECAYING = OptimizerSettings.ADAM.withWeightDecay(3);

    /** Of the factor, of the product and of a difference to float32, relative to the weight. */
    private static final double DECAY_ROUNDING = 4 * 0x1p-24;

    private static final OptimizerSettings DESCENT = new OptimizerSettings.Sgd(0.8);

    /** Shorter than the gradients of any case, so that every step is clipped. */
    private static final double SHORT = 0.5;

    private static final int SAMPLES = 3;

    /** Other than 1, so that the loss is not the sum of its terms; not above it, so that neither is its error. */
    private static final double BETA = 0.5;

    ChoiceContract(VaeBackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#colour")
    @DisplayName("images of more than one channel")
    void colourImages(ContractCase tried) {
        requireReferenceResults(tried, tried.request());
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#networks")
    @DisplayName("networks of any layers")
    void networks(ContractCase tried) {
        requireReferenceResults(tried, tried.request());
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#conditional")
    @DisplayName("networks that know the label of each image")
    void conditional(ContractCase tried) {
        requireReferenceResults(tried, tried.request());
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("the Gaussian likelihood of a stated variance")
    void gaussianLikelihood(ContractCase tried) {
        requireReferenceResults(tried, withLikelihood(tried, GAUSSIAN));
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#some")
    @DisplayName("the Gaussian likelihood of a variance that is learned")
    void learnedVariance(ContractCase tried) {
        requireReferenceResults(tried, withLikelihood(tried, new LearnedGaussian()));
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#some")
    @DisplayName("the continuous Bernoulli likelihood")
    void continuousBernoulli(ContractCase tried) {
        requireReferenceResults(tried, withLikelihood(tried, new ContinuousBernoulli()));
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#some")
    @DisplayName("a prior that is a mixture of Gaussians, which are learned")
    void mixturePrior(ContractCase tried) {
        requireReferenceResults(tried, withPrior(tried, new GaussianMixture(4)));
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#some")
    @DisplayName("latents without noise")
    void deterministicSampler(ContractCase tried) {
        requireReferenceResults(tried, withSampler(tried, new Deterministic()));
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#some")
    @DisplayName("the importance-weighted bound with several latents of each image")
    void importanceWeights(ContractCase tried) {
        requireReferenceResults(tried.ofVectors(SAMPLES), withLoss(tried, new ImportanceWeighted(SAMPLES)));
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("stochastic gradient descent with momentum")
    void descent(ContractCase tried) {
        requireReferenceResults(tried, tried.request(DESCENT));
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("Adam with decoupled weight decay")
    void weightDecay(ContractCase tried) {
        requireReferenceResults(tried, tried.request(DECAYING));
    }

    /** The tolerances of Adam's steps would hide it: where gradients are zero, all that a step may do is within them. */
    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.ContractCase#grey")
    @DisplayName("weight decay takes its share of a bias that batch normalization absorbs, too, and nothing else does")
    void absorbedDecay(ContractCase tried) {
        Comparison comparison = comparison("decay of absorbed biases", tried);
        StepSettings settings = new StepSettings(0.01, 1);
        try (VaeModel<?> model = create(tried.request(DECAYING))) {
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
    @DisplayName("clipping of the gradients, which gradients() does not show")
    void clipping(ContractCase tried) {
        requireReferenceResults(
                tried,
                new ModelRequest(
                        tried.architecture(), ModelRequest.RECIPE, OptimizerSettings.ADAM, SHORT, tried.weights()));
    }

    private static ModelRequest withLikelihood(ContractCase tried, Likelihood likelihood) {
        Objective recipe = ModelRequest.RECIPE;
        return with(tried, new Objective(recipe.loss(), likelihood, recipe.prior(), recipe.sampler()));
    }

    private static ModelRequest withPrior(ContractCase tried, Prior prior) {
        Objective recipe = ModelRequest.RECIPE;
        return with(tried, new Objective(recipe.loss(), recipe.likelihood(), prior, recipe.sampler()));
    }

    private static ModelRequest withSampler(ContractCase tried, Sampler sampler) {
        Objective recipe = ModelRequest.RECIPE;
        return with(tried, new Objective(recipe.loss(), recipe.likelihood(), recipe.prior(), sampler));
    }

    private static ModelRequest withLoss(ContractCase tried, Loss loss) {
        Objective recipe = ModelRequest.RECIPE;
        return with(tried, new Objective(loss, recipe.likelihood(), recipe.prior(), recipe.sampler()));
    }

    private static ModelRequest with(ContractCase tried, Objective objective) {
        Architecture networks = tried.architecture();
        ContractCase complete =
                tried.ofArchitecture(networks.withParts(objective.tensors(networks.image(), networks.latent())));
        return new ModelRequest(
                complete.architecture(),
                objective,
                OptimizerSettings.ADAM,
                Double.POSITIVE_INFINITY,
                complete.weights());
    }

    /**
     * The seams, which take one latent of each image, however many the loss draws; what the loss says in evaluation; its
     * gradients; and a few steps.
     */
    private void requireReferenceResults(ContractCase tried, ModelRequest request) {
        Comparison comparison =
                comparison("a choice", tried, request.objective().likelihood());
        try (VaeModel<?> model = create(request);
                VaeModel<?> oracle = oracle(request)) {
            Batch single = tried.ofVectors(1).batch(0);
            ForwardPass.of(model, single, Phase.EVALUATION)
                    .requireClose(ForwardPass.of(oracle, single, Phase.EVALUATION), comparison);
            comparison.require(
                    model.evaluate(tried.batch(0), BETA), oracle.evaluate(tried.batch(0), BETA), tried.architecture());
            Gradients expected = oracle.gradients(tried.batch(0), 1);
            comparison.require(model.gradients(tried.batch(0), 1), expected, tried.architecture());
        }
        ReferenceTraining.require(comparison, this::create, tried, request);
    }
}
