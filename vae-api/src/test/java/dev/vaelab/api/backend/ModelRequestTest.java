package dev.vaelab.api.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.weights.NamedTensors;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A model request")
class ModelRequestTest {
    private static final NamedTensors NONE = new NamedTensors(Map.of());

    @Test
    @DisplayName("of the recipe needs nothing beyond what every backend can do")
    void recipe() {
        assertEquals(Set.of(), ModelRequest.of(architecture(1), NONE).needs());
    }

    @Test
    @DisplayName("needs a capability for each thing beyond the recipe")
    void needs() {
        ModelRequest everything = new ModelRequest(
                architecture(3), new Likelihood.Gaussian(1), OptimizerSettings.ADAM.withWeightDecay(0.01), 5, NONE);
        assertEquals(
                Set.of(
                        Capability.COLOUR_IMAGES,
                        Capability.GAUSSIAN_LIKELIHOOD,
                        Capability.WEIGHT_DECAY,
                        Capability.GRADIENT_CLIPPING),
                everything.needs());
        ModelRequest descent = new ModelRequest(
                architecture(1), Likelihood.BERNOULLI, new OptimizerSettings.Sgd(0), Double.POSITIVE_INFINITY, NONE);
        assertEquals(Set.of(Capability.SGD), descent.needs());
    }

    @Test
    @DisplayName("clips gradients to the limit, as PyTorch does, and leaves shorter ones alone")
    void clipping() {
        ModelRequest request = new ModelRequest(architecture(1), Likelihood.BERNOULLI, OptimizerSettings.ADAM, 5, NONE);
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
                    () -> new ModelRequest(one, Likelihood.BERNOULLI, OptimizerSettings.ADAM, limit, NONE));
            assertThrows(IllegalArgumentException.class, () -> new Likelihood.Gaussian(limit));
        }
    }

    private static Architecture architecture(int channels) {
        return new Architecture(new ImageShape(channels, 8, 8), List.of(2), 4, 2);
    }
}
