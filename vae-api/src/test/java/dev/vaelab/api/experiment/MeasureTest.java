package dev.vaelab.api.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A measure")
class MeasureTest {
    @Test
    @DisplayName("says likelihood, variance and binarization, as far as they are not the recipe's")
    void label() {
        assertEquals("bce", new Measure(Reconstruction.BCE, null, Binarization.NONE).label());
        assertEquals(
                "bce, stochastic binarization", new Measure(Reconstruction.BCE, null, Binarization.STOCHASTIC).label());
        assertEquals("mse (variance 0.5)", new Measure(Reconstruction.MSE, 0.5, Binarization.NONE).label());
    }

    @Test
    @DisplayName("of an experiment with squared error has a variance without being told")
    void variance() {
        assertEquals(0.5, new LossConfig(Reconstruction.MSE, null, null, null).variance());
    }
}
