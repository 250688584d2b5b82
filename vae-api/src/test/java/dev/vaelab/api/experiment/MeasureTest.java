package dev.vaelab.api.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A measure")
class MeasureTest {
    @Test
    @DisplayName("says likelihood, variance and binarization, as far as they are not the recipe's")
    void label() {
        assertEquals("bce", Measure.of("bce", Binarization.NONE).label());
        assertEquals(
                "bce, stochastic binarization",
                Measure.of("bce", Binarization.STOCHASTIC).label());
        assertEquals(
                "mse (variance 0.5)", new Measure(null, "mse", Binarization.NONE, Map.of("variance", 0.5)).label());
        assertEquals(
                "iwae bce (samples 5)", new Measure("iwae", "bce", Binarization.NONE, Map.of("samples", 5)).label());
    }

    @Test
    @DisplayName("of a conditional model says what is known, and is no measure of another one")
    void condition() {
        Measure conditional = new Measure(null, "bce", Binarization.STOCHASTIC, ModelConfig.Condition.LABEL, Map.of());
        assertEquals("bce, stochastic binarization, given the label", conditional.label());
        assertNotEquals(Measure.of("bce", Binarization.STOCHASTIC), conditional);
    }
}
