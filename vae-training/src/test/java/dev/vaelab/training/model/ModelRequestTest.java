package dev.vaelab.training.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.training.part.FixedGaussian;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A model request")
class ModelRequestTest {
    private static final NamedTensors NONE = new NamedTensors(Map.of());

    @Test
    @DisplayName("clips gradients to the limit, as PyTorch does, and leaves shorter ones alone")
    void clipping() {
        ModelRequest request = new ModelRequest(architecture(1), ModelRequest.RECIPE, OptimizerSettings.ADAM, 5, NONE);
        assertEquals(5 / 10.000001, request.clippingFactor(10));
        assertEquals(1, request.clippingFactor(4));
        assertEquals(1, request.clippingFactor(0));
        assertEquals(1, ModelRequest.of(architecture(1), NONE).clippingFactor(1e30));
    }

    @Test
    @DisplayName("refuses a limit or a variance that is not positive")
    void limits() {
        Architecture one = architecture(1);
        for (double limit : new double[] {0, -1, Double.NaN}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new ModelRequest(one, ModelRequest.RECIPE, OptimizerSettings.ADAM, limit, NONE));
            assertThrows(IllegalArgumentException.class, () -> new FixedGaussian(limit));
        }
    }

    private static Architecture architecture(int channels) {
        return new Architecture(new ImageShape(channels, 8, 8), List.of(2), 4, 2);
    }
}
