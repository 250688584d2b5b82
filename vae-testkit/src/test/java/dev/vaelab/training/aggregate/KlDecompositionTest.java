package dev.vaelab.training.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.InitialWeights;
import dev.vaelab.api.network.Layer.Activation.Function;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.backend.reference.ReferenceBackend;
import dev.vaelab.training.LatentStatistics;
import dev.vaelab.training.PosteriorValues;
import dev.vaelab.training.model.ModelRequest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Where the KL goes:")
final class KlDecompositionTest {
    private static final RandomStreams STREAMS = new RandomStreams(5);

    @Test
    @DisplayName(
            "posteriors that are all the same tell nothing of the image, and what they cost they cost dimension by dimension")
    void sameForAll() {
        float[] means = new float[30];
        float[] logVariances = new float[30];
        for (int image = 0; image < 10; image++) {
            System.arraycopy(new float[] {1, -2, 0}, 0, means, image * 3, 3);
            System.arraycopy(new float[] {-1, 0.5f, 0}, 0, logVariances, image * 3, 3);
        }
        KlDecomposition found = decompose(new PosteriorValues(3, means, logVariances), true, 4000);
        assertEquals(0, found.mutualInformation().value(), 1e-9);
        assertEquals(0, found.totalCorrelation().value(), 1e-9);
        double expected = (1 + Math.exp(-1) - 1 + 1) / 2 + (4 + Math.exp(0.5) - 1 - 0.5) / 2;
        requireClose(expected, found.aggregateKl());
        requireClose(expected, found.dimensionwiseKl());
    }

    @Test
    @DisplayName("posteriors that do not overlap tell which image it is: log N nats")
    void apart() {
        KlDecomposition found =
                decompose(new PosteriorValues(1, new float[] {-60, -20, 20, 60}, new float[4]), true, 50);
        assertEquals(Math.log(4), found.mutualInformation().value(), 1e-9);
        assertEquals(Math.log(4), found.mostInformation(), 1e-15);
        assertEquals(0, found.totalCorrelation().value(), 1e-9);
    }

    @Test
    @DisplayName("means spread as correlated Gaussians have the mutual information and the total correlation of these")
    void correlated() {
        int images = 3000;
        double correlation = 0.8;
        double variance = 0.25;
        float[] standard = STREAMS.gaussian(2 * images, Purpose.GENERATION);
        float[] means = new float[2 * images];
        for (int image = 0; image < images; image++) {
            means[2 * image] = standard[2 * image];
            means[2 * image + 1] = (float) (correlation * standard[2 * image]
                    + Math.sqrt(1 - correlation * correlation) * standard[2 * image + 1]);
        }
        float[] logVariances = new float[2 * images];
        Arrays.fill(logVariances, (float) Math.log(variance));
        KlDecomposition found = decompose(new PosteriorValues(2, means, logVariances), true, 3000);
        // q(z) is N(0, S) with S = [[1 + v, c], [c, 1 + v]], but for how 3,000 means differ from all.
        double whole = (1 + variance) * (1 + variance) - correlation * correlation;
        double information = Math.log(whole / (variance * variance)) / 2;
        double total = -Math.log(whole / ((1 + variance) * (1 + variance))) / 2;
        assertEquals(information, found.mutualInformation().value(), 0.06);
        assertEquals(total, found.totalCorrelation().value(), 0.06);
        // Twice KL(N(0, S) || N(0, I)): trace - dimensions - log of the determinant.
        double divergence = (2 * (1 + variance) - 2 - Math.log(whole)) / 2;
        assertEquals(divergence, found.aggregateKl().value(), 0.06);
    }

    @Test
    @DisplayName("its parts add up, to the KL in closed form as far as the samples tell")
    void addsUp() {
        PosteriorValues posteriors = new PosteriorValues(
                3, STREAMS.gaussian(600, Purpose.GENERATION), STREAMS.gaussian(600, Purpose.SHUFFLE));
        KlDecomposition found = decompose(posteriors, true, 5000);
        assertEquals(
                found.kl().value(),
                found.mutualInformation().value() + found.aggregateKl().value(),
                1e-9);
        assertEquals(
                found.aggregateKl().value(),
                found.totalCorrelation().value() + found.dimensionwiseKl().value(),
                1e-9);
        double closed = LatentStatistics.of(posteriors).dimensions().stream()
                .mapToDouble(LatentStatistics.Dimension::kl)
                .sum();
        requireClose(closed, found.kl());
    }

    @Test
    @DisplayName("of a prior whose dimensions are not independent nothing is said dimension by dimension")
    void dependentPrior() {
        PosteriorValues posteriors = new PosteriorValues(2, new float[] {1, 2, 3, 4}, new float[4]);
        assertNull(decompose(posteriors, false, 10).dimensionwiseKl());
    }

    private static void requireClose(double expected, Estimate found) {
        assertTrue(found.standardError() > 0);
        assertEquals(expected, found.value(), 4 * found.standardError());
    }

    private static KlDecomposition decompose(PosteriorValues posteriors, boolean independent, int samples) {
        Architecture architecture =
                Architecture.mlp(new ImageShape(1, 1, 2), List.of(1), Function.TANH, posteriors.latent());
        try (VaeModel<?> model = ModelRequest.of(architecture, InitialWeights.draw(architecture, STREAMS))
                .create(new ReferenceBackend())) {
            return KlDecomposition.of(model, posteriors, independent, STREAMS, samples);
        }
    }
}
