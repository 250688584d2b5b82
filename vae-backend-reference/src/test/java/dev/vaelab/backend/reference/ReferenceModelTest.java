package dev.vaelab.backend.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.backend.ModelRequest;
import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Encoder;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Phase;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.weights.InitialWeights;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the reference backend says beyond the contract of backends. */
class ReferenceModelTest {
    private static final Architecture ONE_PIXEL = new Architecture(new ImageShape(1, 4, 4), List.of(2, 3), 4, 2);

    private final ReferenceModel model =
            new ReferenceModel(ModelRequest.of(ONE_PIXEL, InitialWeights.draw(ONE_PIXEL, new RandomStreams(1))));

    @Test
    @DisplayName("the encoder names the batch normalization that has a single value to normalize")
    void singleValue() {
        Encoder<DoubleTensor> encoder = model.encoder();
        DoubleTensor image = DoubleTensor.of(new double[16], 1, 1, 4, 4);
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> encoder.encode(image, Phase.TRAINING));
        assertEquals("encoder.bn2 needs more than one value per channel in training, found 1", refusal.getMessage());
    }

    @Test
    @DisplayName("a closed scope takes and gives nothing")
    void closedScope() {
        TensorScope<DoubleTensor> scope = model.openScope();
        DoubleTensor tensor = scope.upload(new float[] {1}, 1);
        scope.close();
        assertEquals(
                "the scope is closed",
                assertThrows(IllegalStateException.class, () -> scope.upload(new float[] {1}, 1))
                        .getMessage());
        assertEquals(
                "the scope is closed",
                assertThrows(IllegalStateException.class, () -> scope.download(tensor))
                        .getMessage());
    }

    @Test
    @DisplayName("a closed model says that it is closed")
    void closedModel() {
        model.close();
        assertEquals(
                "the model is closed",
                assertThrows(IllegalStateException.class, model::weights).getMessage());
    }

    @Test
    @DisplayName("matrices that do not fit are not multiplied")
    void matrices() {
        Matrix left = new Matrix(1, 2, new double[2]);
        Matrix right = new Matrix(3, 1, new double[3]);
        assertEquals(
                "a matrix of 2 columns cannot be multiplied with one of 3 rows",
                assertThrows(IllegalArgumentException.class, () -> left.times(right))
                        .getMessage());
    }
}
