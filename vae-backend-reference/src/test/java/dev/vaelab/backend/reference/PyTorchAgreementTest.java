package dev.vaelab.backend.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Likelihood;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Phase;
import dev.vaelab.api.model.Posterior;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The reference computes what PyTorch computes in float64:")
class PyTorchAgreementTest {
    private static final int STEPS = 5;

    /** Everything is of the size of 1; the two differ in the order of additions only. */
    private static final double TOLERANCE = 1e-10;

    /** Moments are rounded to float32 where they leave. */
    private static final double BORDER_TOLERANCE = 1e-6;

    static List<GoldenCase> cases() {
        return GoldenCase.readAll();
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("posterior, logits and loss terms in evaluation")
    void evaluation(GoldenCase golden) {
        requireForwardPass(golden, Phase.EVALUATION, "evaluation.");
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("posterior, logits and loss terms in training")
    void training(GoldenCase golden) {
        requireForwardPass(golden, Phase.TRAINING, "training.");
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("gradients")
    void gradients(GoldenCase golden) {
        Network network = network(golden, new Weights(golden.initialWeights()));
        network.differentiate(network.forward(golden.batch(0)), beta(golden))
                .forEach((name, gradient) -> require(golden, "gradient." + name, gradient, TOLERANCE));
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("loss terms, weights, running statistics and moments of five steps of Adam")
    void fiveSteps(GoldenCase golden) {
        Weights weights = new Weights(golden.initialWeights());
        Network network = network(golden, weights);
        Adam adam = new Adam(optimizer(golden), golden.architecture());
        for (int step = 0; step < STEPS; step++) {
            LossTerms<DoubleTensor> terms = network.forward(golden.batch(step));
            double[] figures = {terms.reconstruction().mean(), terms.kl().mean()};
            assertArrayEquals(golden.numbers("figures." + step), figures, TOLERANCE, "figures of step " + step);
            Map<String, DoubleTensor> gradients = network.differentiate(terms, beta(golden));
            adam.update(weights, gradients, golden.numbers("learning_rate")[0]);
        }
        weights.snapshot().forEach((name, tensor) -> require(golden, "final." + name, tensor, TOLERANCE));
        OptimizerState state = adam.state();
        assertEquals(STEPS, state.steps());
        Weights.fromOutside(state.slot(OptimizerSettings.Adam.FIRST_MOMENT))
                .forEach((name, tensor) -> require(golden, "first_moment." + name, tensor, BORDER_TOLERANCE));
        Weights.fromOutside(state.slot(OptimizerSettings.Adam.SECOND_MOMENT))
                .forEach((name, tensor) -> require(golden, "second_moment." + name, tensor, BORDER_TOLERANCE));
    }

    private static void requireForwardPass(GoldenCase golden, Phase phase, String prefix) {
        Network network = network(golden, new Weights(golden.initialWeights()));
        Batch batch = golden.batch(0);
        ImageShape shape = golden.architecture().image();
        DoubleTensor images =
                DoubleTensor.of(batch.images(), batch.count(), shape.channels(), shape.height(), shape.width());
        DoubleTensor noise = DoubleTensor.of(
                batch.noise(), batch.count(), golden.architecture().latent());
        Posterior<DoubleTensor> posterior = network.encoder().encode(images, phase);
        DoubleTensor logits = network.decoder().decode(network.sampler().sample(posterior, noise), phase);
        LossTerms<DoubleTensor> terms = network.loss().compute(logits, images, posterior);
        require(golden, prefix + "mean", posterior.mean(), TOLERANCE);
        require(golden, prefix + "log_variance", posterior.logVariance(), TOLERANCE);
        require(golden, prefix + "logits", logits, TOLERANCE);
        require(golden, prefix + "reconstruction", terms.reconstruction(), TOLERANCE);
        require(golden, prefix + "kl", terms.kl(), TOLERANCE);
    }

    private static void require(GoldenCase golden, String key, DoubleTensor found, double tolerance) {
        assertArrayEquals(golden.numbers(key), found.values(), tolerance, key);
    }

    private static Network network(GoldenCase golden, Weights weights) {
        return new Network(golden.architecture(), Likelihood.BERNOULLI, weights);
    }

    private static OptimizerSettings.Adam optimizer(GoldenCase golden) {
        double[] decays = golden.numbers("adam_betas");
        return new OptimizerSettings.Adam(decays[0], decays[1], golden.numbers("adam_epsilon")[0], 0);
    }

    private static double beta(GoldenCase golden) {
        return golden.numbers("beta")[0];
    }
}
