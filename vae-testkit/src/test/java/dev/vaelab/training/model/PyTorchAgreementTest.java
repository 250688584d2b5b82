package dev.vaelab.training.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.OptimizerState;
import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.backend.reference.ReferenceBackend;
import dev.vaelab.testkit.Float64Golden;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The model on the reference computes what PyTorch computes in float64:")
class PyTorchAgreementTest {
    private static final String GOLDEN = "dev.vaelab.testkit.Float64Golden#all";

    /** Everything is of the size of 1; the two differ in the order of additions only. */
    private static final double TOLERANCE = 1e-10;

    /** What leaves a model is rounded to float32. */
    private static final double BORDER_TOLERANCE = 1e-6;

    /** To the nearest float32 number, relative. */
    private static final double ROUNDING = 0x1p-24;

    @ParameterizedTest
    @MethodSource(GOLDEN)
    @DisplayName("posterior, latents, logits and what the parts make of them in evaluation")
    void evaluation(Float64Golden golden) {
        requireForwardPass(new ReferenceBackend().open(), golden, Phase.EVALUATION, "evaluation.");
    }

    @ParameterizedTest
    @MethodSource(GOLDEN)
    @DisplayName("posterior, latents, logits and what the parts make of them in training")
    void training(Float64Golden golden) {
        requireForwardPass(new ReferenceBackend().open(), golden, Phase.TRAINING, "training.");
    }

    @ParameterizedTest
    @MethodSource(GOLDEN)
    @DisplayName("each term of the loss of each image in evaluation")
    void terms(Float64Golden golden) {
        try (Vae<?> model = Vae.on(new ReferenceBackend().open(), golden.request())) {
            Map<String, float[]> found =
                    model.evaluate(golden.batch(0), golden.settings().beta());
            assertEquals(golden.under("evaluated."), prefixed("evaluated.", found.keySet()));
            found.forEach((term, values) -> {
                double[] expected = golden.values("evaluated." + term);
                for (int image = 0; image < expected.length; image++) {
                    assertEquals(
                            expected[image],
                            values[image],
                            ROUNDING * Math.abs(expected[image]),
                            term + " of image " + image);
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource(GOLDEN)
    @DisplayName("gradients")
    void gradients(Float64Golden golden) {
        requireGradients(new ReferenceBackend().open(), golden);
    }

    private static <T> void requireGradients(Engine<T> engine, Float64Golden golden) {
        try (Vae<T> model = Vae.on(engine, golden.request())) {
            List<T> gradients =
                    model.learn(golden.batch(0), golden.settings().beta()).gradients();
            List<TensorSpecification> tensors = golden.request().architecture().trainableTensors();
            for (int index = 0; index < tensors.size(); index++) {
                require(
                        golden,
                        "gradient." + tensors.get(index).name(),
                        wide(engine.operations(), gradients.get(index)),
                        TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(GOLDEN)
    @DisplayName("loss terms, weights, running statistics and optimizer state of some steps")
    void steps(Float64Golden golden) {
        requireSteps(new ReferenceBackend().open(), golden);
    }

    private static <T> void requireSteps(Engine<T> engine, Float64Golden golden) {
        try (Vae<T> model = Vae.on(engine, golden.request())) {
            for (int step = 0; step < golden.steps(); step++) {
                requireFigures(golden, step, model.step(golden.batch(step), golden.settings()));
            }
            requireAtBorder(golden, "final.", model.weights());
            OptimizerState state = model.optimizerState();
            assertEquals(golden.steps(), state.steps());
            state.slots().forEach((slot, tensors) -> requireAtBorder(golden, slot + ".", tensors));
        }
    }

    /** Means of values of images, each of which is rounded to float32. */
    private static void requireFigures(Float64Golden golden, int step, Figures found) {
        Map<String, Double> means = new LinkedHashMap<>(found.terms());
        means.put("loss", found.loss());
        assertEquals(golden.under("steps."), prefixed("steps.", means.keySet()));
        int count = golden.batch(step).count();
        means.forEach((term, mean) -> {
            double[] values = Arrays.copyOfRange(golden.values("steps." + term), step * count, (step + 1) * count);
            double size = Arrays.stream(values).map(Math::abs).average().orElseThrow();
            double expected = Arrays.stream(values).average().orElseThrow();
            assertEquals(expected, mean, ROUNDING * size, term + " of step " + step);
        });
    }

    private static List<String> prefixed(String prefix, Set<String> names) {
        return names.stream().map(prefix::concat).toList();
    }

    private static void requireAtBorder(Float64Golden golden, String prefix, NamedTensors found) {
        found.asMap().forEach((name, tensor) -> {
            double[] values = new double[tensor.values().length];
            for (int index = 0; index < values.length; index++) {
                values[index] = tensor.values()[index];
            }
            require(golden, prefix + name, values, BORDER_TOLERANCE);
        });
    }

    private static <T> void requireForwardPass(Engine<T> engine, Float64Golden golden, Phase phase, String prefix) {
        TensorOperations<T> operations = engine.operations();
        try (Vae<T> model = Vae.on(engine, golden.request());
                TensorScope<T> scope = model.openScope()) {
            Batch batch = golden.single();
            ImageShape shape = model.architecture().image();
            T images = scope.upload(batch.images(), batch.count(), shape.channels(), shape.height(), shape.width());
            T noise = scope.upload(
                    batch.noise(), batch.count(), model.architecture().latent());
            Posterior<T> posterior = model.encoder(batch.labels()).encode(images, phase);
            T latents = model.sample(posterior, noise);
            T logits = model.decoder(batch.labels()).decode(latents, phase);
            require(golden, prefix + "mean", wide(operations, posterior.mean()), TOLERANCE);
            require(golden, prefix + "log_variance", wide(operations, posterior.logVariance()), TOLERANCE);
            require(golden, prefix + "latents", wide(operations, latents), TOLERANCE);
            require(golden, prefix + "logits", wide(operations, logits), TOLERANCE);
            require(golden, prefix + "expected_images", wide(operations, model.expectedImages(logits)), TOLERANCE);
            T reconstruction = operations.multiply(model.logLikelihood(images, logits), -1);
            require(golden, prefix + "reconstruction", wide(operations, reconstruction), TOLERANCE);
            require(golden, prefix + "kl", wide(operations, model.divergence(posterior, latents)), TOLERANCE);
            require(golden, prefix + "log_prior", wide(operations, model.logPrior(latents)), TOLERANCE);
        }
    }

    /** All digits of a float64 tensor: what float32 holds of it, and what float32 holds of the rest. */
    private static <T> double[] wide(TensorOperations<T> operations, T tensor) {
        float[] high = operations.download(tensor);
        T rest = operations.subtract(tensor, operations.upload(high, operations.shape(tensor)));
        float[] low = operations.download(rest);
        double[] values = new double[high.length];
        for (int index = 0; index < values.length; index++) {
            values[index] = (double) high[index] + low[index];
        }
        return values;
    }

    private static void require(Float64Golden golden, String key, double[] found, double tolerance) {
        assertArrayEquals(golden.values(key), found, tolerance, key);
    }
}
