package dev.vaelab.backend.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Phase;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.testkit.Float64Golden;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The reference computes what PyTorch computes in float64:")
class PyTorchAgreementTest {
    private static final String GOLDEN = "dev.vaelab.testkit.Float64Golden#all";

    /** Everything is of the size of 1; the two differ in the order of additions only. */
    private static final double TOLERANCE = 1e-10;

    /** What leaves a model is rounded to float32. */
    private static final double BORDER_TOLERANCE = 1e-6;

    @ParameterizedTest
    @MethodSource(GOLDEN)
    @DisplayName("posterior, logits and loss terms in evaluation")
    void evaluation(Float64Golden golden) {
        requireForwardPass(golden, Phase.EVALUATION, "evaluation.");
    }

    @ParameterizedTest
    @MethodSource(GOLDEN)
    @DisplayName("posterior, logits and loss terms in training")
    void training(Float64Golden golden) {
        requireForwardPass(golden, Phase.TRAINING, "training.");
    }

    @ParameterizedTest
    @MethodSource(GOLDEN)
    @DisplayName("gradients")
    void gradients(Float64Golden golden) {
        Network network = network(golden, weights(golden));
        network.differentiate(
                        network.forward(golden.batch(0)), golden.settings().beta())
                .forEach((name, gradient) -> require(golden, "gradient." + name, gradient, TOLERANCE));
    }

    @ParameterizedTest
    @MethodSource(GOLDEN)
    @DisplayName("loss terms, weights, running statistics and optimizer state of some steps")
    void steps(Float64Golden golden) {
        try (ReferenceModel model = new ReferenceModel(golden.request())) {
            for (int step = 0; step < golden.steps(); step++) {
                Figures found = model.step(golden.batch(step), golden.settings());
                double[] figures = {found.reconstruction(), found.kl()};
                assertArrayEquals(golden.values("figures." + step), figures, TOLERANCE, "figures of step " + step);
            }
            requireAtBorder(golden, "final.", model.weights());
            OptimizerState state = model.optimizerState();
            assertEquals(golden.steps(), state.steps());
            state.slots().forEach((slot, tensors) -> requireAtBorder(golden, slot + ".", tensors));
        }
    }

    private static void requireAtBorder(Float64Golden golden, String prefix, NamedTensors found) {
        Weights.fromOutside(found).forEach((name, tensor) -> require(golden, prefix + name, tensor, BORDER_TOLERANCE));
    }

    private static void requireForwardPass(Float64Golden golden, Phase phase, String prefix) {
        Network network = network(golden, weights(golden));
        Batch batch = golden.batch(0);
        ImageShape shape = architecture(golden).image();
        DoubleTensor images =
                DoubleTensor.of(batch.images(), batch.count(), shape.channels(), shape.height(), shape.width());
        DoubleTensor noise = DoubleTensor.of(
                batch.noise(), batch.count(), architecture(golden).latent());
        Posterior<DoubleTensor> posterior = network.encoder().encode(images, phase);
        DoubleTensor latents = network.sampler().sample(posterior, noise);
        DoubleTensor logits = network.decoder().decode(latents, phase);
        LossTerms<DoubleTensor> terms = network.loss().compute(logits, images, posterior);
        require(golden, prefix + "mean", posterior.mean(), TOLERANCE);
        require(golden, prefix + "log_variance", posterior.logVariance(), TOLERANCE);
        require(golden, prefix + "latents", latents, TOLERANCE);
        require(golden, prefix + "logits", logits, TOLERANCE);
        require(golden, prefix + "reconstruction", terms.reconstruction(), TOLERANCE);
        require(golden, prefix + "kl", terms.kl(), TOLERANCE);
    }

    private static void require(Float64Golden golden, String key, DoubleTensor found, double tolerance) {
        assertArrayEquals(golden.values(key), found.values(), tolerance, key);
    }

    private static Network network(Float64Golden golden, Weights weights) {
        return new Network(architecture(golden), golden.request().likelihood(), weights);
    }

    private static Weights weights(Float64Golden golden) {
        return new Weights(golden.request().weights());
    }

    private static Architecture architecture(Float64Golden golden) {
        return golden.request().architecture();
    }
}
