package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.training.part.Bernoulli;
import dev.vaelab.training.part.ContinuousBernoulli;
import dev.vaelab.training.part.FixedGaussian;
import dev.vaelab.training.part.LearnedGaussian;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The tolerance of a reconstruction term")
class TolerancesTest {
    private static final int PIXELS = 784;

    @Test
    @DisplayName("is a hundred-thousandth of it where all pixels' shares are positive, however small it is")
    void positiveShares() {
        assertEquals(3e-5, Tolerances.ofReconstruction(new Bernoulli(), 3, PIXELS), 1e-12);
        assertEquals(3e-5, Tolerances.ofReconstruction(new FixedGaussian(1), 3, PIXELS), 1e-12);
    }

    @Test
    @DisplayName(
            "is one of half a nat per pixel where the shares of a density may cancel, and more where the term is larger")
    void cancellingShares() {
        assertEquals(392e-5, Tolerances.ofReconstruction(new ContinuousBernoulli(), 3, PIXELS), 1e-12);
        assertEquals(392e-5, Tolerances.ofReconstruction(new LearnedGaussian(), -3, PIXELS), 1e-12);
        assertEquals(1000e-5, Tolerances.ofReconstruction(new LearnedGaussian(), -1000, PIXELS), 1e-12);
    }
}
