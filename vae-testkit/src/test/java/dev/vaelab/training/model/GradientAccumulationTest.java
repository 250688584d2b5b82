package dev.vaelab.training.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.InitialWeights;
import dev.vaelab.api.network.Layer.Activation.Function;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.backend.reference.ReferenceBackend;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Gradients that are accumulated, without batch normalization,")
final class GradientAccumulationTest {
    private static final Architecture NETWORKS =
            Architecture.mlp(new ImageShape(1, 3, 5), List.of(7), Function.TANH, 3);
    private static final RandomStreams STREAMS = new RandomStreams(5);
    private static final int IMAGES = 11;
    private static final double SAME = 1e-10;

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 10, 11})
    @DisplayName("are those of the large batch in float64, whatever the last batch has left")
    void gradients(int batchSize) {
        requireSameGradients(new ReferenceBackend().open(), batchSize);
    }

    private static <T> void requireSameGradients(Engine<T> engine, int batchSize) {
        TensorOperations<T> operations = engine.operations();
        try (Vae<T> model = Vae.on(engine, request());
                GradientSum<T> sum = new GradientSum<>(operations)) {
            List<T> whole = model.learn(batch(0), 1).gradients();
            for (Batch part : batch(0).split(batchSize)) {
                sum.add(model.learn(part, 1).gradients(), part.count());
            }
            List<T> means = sum.takeMeans();
            List<T> differences = new ArrayList<>();
            for (int index = 0; index < whole.size(); index++) {
                differences.add(operations.subtract(means.get(index), whole.get(index)));
            }
            double length = operations.length(whole);
            assertTrue(length > 0.5, "gradients of length " + length);
            assertEquals(0, operations.length(differences), SAME * length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 10})
    @DisplayName("give the figures and the clipped steps of the large batch, step after step")
    void steps(int batchSize) {
        ModelRequest request = request();
        try (Vae<?> whole = Vae.on(new ReferenceBackend().open(), request);
                Vae<?> accumulating = Vae.on(new ReferenceBackend().open(), request)) {
            for (int step = 0; step < 4; step++) {
                StepSettings settings = new StepSettings(0.01, 0.5);
                Figures expected = whole.step(batch(step), settings);
                Figures found = accumulating.step(batch(step).split(batchSize), settings);
                assertEquals(expected.loss(), found.loss(), SAME * expected.loss());
                expected.terms()
                        .forEach((term, value) ->
                                assertEquals(value, found.terms().get(term), SAME * Math.abs(value), term));
            }
            assertEquals(4, accumulating.optimizerState().steps());
            whole.weights().asMap().forEach((name, tensor) -> {
                for (int index = 0; index < tensor.values().length; index++) {
                    float expected = tensor.values()[index];
                    assertEquals(expected, accumulating.weights().values(name)[index], Math.ulp(expected), name);
                }
            });
        }
    }

    private static ModelRequest request() {
        ModelRequest recipe = ModelRequest.of(NETWORKS, InitialWeights.draw(NETWORKS, STREAMS));
        return new ModelRequest(NETWORKS, recipe.objective(), recipe.optimizer(), 0.5, recipe.weights());
    }

    private static Batch batch(int number) {
        float[] pixels = STREAMS.gaussian(IMAGES * 15, Purpose.SHUFFLE, number);
        for (int index = 0; index < pixels.length; index++) {
            pixels[index] = 1 / (1 + (float) Math.exp(pixels[index]));
        }
        return new Batch(IMAGES, pixels, STREAMS.gaussian(IMAGES * 3, Purpose.TRAINING_NOISE, number));
    }
}
