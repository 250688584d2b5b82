package dev.vaelab.backend.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.ModelRequest;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Encoder;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Phase;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.weights.InitialWeights;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A DJL model")
class DjlModelTest {
    private static final Architecture ARCHITECTURE = new Architecture(new ImageShape(1, 8, 8), List.of(3, 4), 5, 2);

    @Test
    @DisplayName("refuses everything after it is closed, and a second close does nothing")
    void refusesUseAfterClose() {
        DjlModel model = model();
        Encoder<NDArray> encoder = model.encoder();
        TensorScope<NDArray> scope = model.openScope();
        NDArray images = scope.upload(new float[64], 1, 1, 8, 8);
        Batch batch = new Batch(1, new float[64], new float[2]);
        var weights = model.weights();
        var state = model.optimizerState();

        model.close();
        model.close();

        Stream<Executable> uses = Stream.of(
                model::architecture,
                model::encoder,
                model::sampler,
                model::decoder,
                model::loss,
                model::openScope,
                model::weights,
                model::optimizerState,
                () -> model.step(batch, new StepSettings(1e-3, 1)),
                () -> model.gradients(batch, 1),
                () -> model.loadWeights(weights),
                () -> model.loadOptimizerState(state));
        uses.forEach(use -> assertEquals(
                "the model is closed",
                assertThrows(IllegalStateException.class, use).getMessage()));
        assertThrows(IllegalStateException.class, () -> encoder.encode(images, Phase.EVALUATION));
        assertThrows(IllegalStateException.class, () -> scope.upload(new float[1], 1));
        scope.close();
    }

    @Test
    @DisplayName("frees what a scope holds when the scope closes")
    void scopeFrees() {
        try (DjlModel model = model()) {
            TensorScope<NDArray> scope = model.openScope();
            NDArray images = scope.upload(new float[64], 1, 1, 8, 8);
            NDArray mean = model.encoder().encode(images, Phase.EVALUATION).mean();

            scope.close();
            scope.close();

            assertThrows(IllegalStateException.class, mean::toFloatArray);
            assertEquals(
                    "the tensor scope is closed",
                    assertThrows(IllegalStateException.class, () -> scope.upload(new float[1], 1))
                            .getMessage());
        }
    }

    @Test
    @DisplayName("says how many values an upload needs")
    void uploadOfWrongLength() {
        try (DjlModel model = model();
                TensorScope<NDArray> scope = model.openScope()) {
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> scope.upload(new float[5], 2, 3));

            assertEquals("shape [2, 3] needs 6 values, found 5", refusal.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("leaves its thread recording gradients, or not, as it was")
    void restoresGradientMode(boolean recording) {
        try (DjlModel model = model()) {
            boolean before = JniUtils.isGradMode();
            JniUtils.setGradMode(recording);
            try (TensorScope<NDArray> scope = model.openScope()) {
                assertFalse(JniUtils.isGradMode());
                model.step(new Batch(1, new float[64], new float[2]), new StepSettings(1e-3, 1));
                assertFalse(JniUtils.isGradMode());
            }
            assertEquals(recording, JniUtils.isGradMode());
            JniUtils.setGradMode(before);
        }
    }

    @Test
    @DisplayName("reports a diverged loss as it is")
    void reportsDivergence() {
        try (DjlModel model = model()) {
            Batch batch = new Batch(1, new float[64], new float[] {Float.NaN, 0});

            assertTrue(Double.isNaN(model.step(batch, new StepSettings(1e-3, 1)).loss(1)));
        }
    }

    private static DjlModel model() {
        return new DjlModel(ModelRequest.of(ARCHITECTURE, InitialWeights.draw(ARCHITECTURE, new RandomStreams(1))));
    }
}
