package dev.vaelab.training.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.model.Objective;
import dev.vaelab.training.model.ModelRequest;
import dev.vaelab.training.part.GaussianMixture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A term of the loss is judged")
final class ScaleTest {
    private static final Objective RECIPE = ModelRequest.RECIPE;
    private static final Objective ESTIMATED =
            new Objective(RECIPE.loss(), RECIPE.likelihood(), new GaussianMixture(), RECIPE.sampler());

    @Test
    @DisplayName("by itself where it is what it is, however small")
    void byItself() {
        assertEquals(1e-3, Scale.ofTerm("reconstruction", -1e-3, ESTIMATED, 20));
        assertEquals(1e-3, Scale.ofTerm("kl", 1e-3, RECIPE, 20));
        assertEquals(90, Scale.ofTerm("iwae", 90, RECIPE, 20));
        assertEquals(30, Scale.ofTerm("kl", -30, ESTIMATED, 20));
    }

    @Test
    @DisplayName("by the numbers that it is a difference of where they leave nothing by chance")
    void byNumbers() {
        assertEquals(20, Scale.ofTerm("kl", 1e-6, ESTIMATED, 20));
        assertEquals(1, Scale.ofTerm("mmd", -1e-6, RECIPE, 20));
    }
}
