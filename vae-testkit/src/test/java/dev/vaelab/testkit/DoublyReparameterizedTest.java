package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Gradients;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.network.Layer.Activation.Function;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.backend.reference.ReferenceBackend;
import dev.vaelab.training.model.ModelRequest;
import dev.vaelab.training.part.ImportanceWeighted;
import dev.vaelab.training.part.ImportanceWeighted.Gradient;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The doubly reparameterized gradient")
class DoublyReparameterizedTest {
    private static final int SAMPLES = 4;
    private static final int LATENT = 2;

    /** Copies of one image, each with noise of its own: the gradient is a mean over as many draws. */
    private static final int DRAWS = 5000;

    private static final RandomStreams STREAMS = new RandomStreams(20_261_127);

    private static final ContractCase TRIED =
            new ContractCase(Architecture.mlp(new ImageShape(1, 2, 3), List.of(4), Function.TANH, LATENT), 1);

    /** Two groups of draws tell the error of a mean: a difference of estimators of one expectation is of that size. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.4})
    @DisplayName("has the expectation of the bound's gradient by the encoder, whatever beta is, and less variance")
    void expectation(double beta) {
        Gradients plain = gradients(null, beta, 1);
        Gradients doubly = gradients(Gradient.DOUBLY_REPARAMETERIZED, beta, 1);
        double error = distance(plain, gradients(null, beta, 2), "encoder.");
        double ownError = distance(doubly, gradients(Gradient.DOUBLY_REPARAMETERIZED, beta, 2), "encoder.");
        double between = distance(plain, doubly, "encoder.");
        assertTrue(between > 0, "they are one estimator");
        assertTrue(between < 2 * error, between + " between them, " + error + " between two means of one of them");
        assertTrue(ownError < error, ownError + " for doubly reparameterized, " + error + " without");
        assertEquals(plain.figures(), doubly.figures());
        assertEquals(0, distance(plain, doubly, "decoder."), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.4})
    @DisplayName("changes nothing that is evaluated")
    void evaluation(double beta) {
        try (VaeModel<?> plain = model(null);
                VaeModel<?> doubly = model(Gradient.DOUBLY_REPARAMETERIZED)) {
            Batch batch = batch(10, 1);
            assertArrayEquals(
                    plain.evaluate(batch, beta).get("loss"),
                    doubly.evaluate(batch, beta).get("loss"));
        }
    }

    private static Gradients gradients(Gradient gradient, double beta, int group) {
        try (VaeModel<?> model = model(gradient)) {
            return model.gradients(batch(DRAWS, group), beta);
        }
    }

    private static VaeModel<?> model(Gradient gradient) {
        Objective recipe = ModelRequest.RECIPE;
        Objective objective = new Objective(
                new ImportanceWeighted(SAMPLES, gradient), recipe.likelihood(), recipe.prior(), recipe.sampler());
        return new ModelRequest(
                        TRIED.architecture(),
                        objective,
                        OptimizerSettings.ADAM,
                        Double.POSITIVE_INFINITY,
                        TRIED.weights())
                .create(new ReferenceBackend());
    }

    private static Batch batch(int count, int group) {
        float[] image = TRIED.batch(0).images();
        float[] images = new float[count * image.length];
        for (int copy = 0; copy < count; copy++) {
            System.arraycopy(image, 0, images, copy * image.length, image.length);
        }
        return new Batch(count, images, STREAMS.gaussian(count * SAMPLES * LATENT, Purpose.TRAINING_NOISE, group));
    }

    private static double distance(Gradients left, Gradients right, String prefix) {
        NamedTensors first = left.gradients();
        double squares = 0;
        for (String name : first.names()) {
            float[] values = first.values(name);
            for (int index = 0; name.startsWith(prefix) && index < values.length; index++) {
                squares += Math.pow(values[index] - right.gradients().values(name)[index], 2);
            }
        }
        return Math.sqrt(squares);
    }
}
