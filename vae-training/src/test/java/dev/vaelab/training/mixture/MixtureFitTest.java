package dev.vaelab.training.mixture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.training.mixture.LatentMixture.Component;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.distribution.multivariate.MixtureMultivariateNormalDistribution;
import org.hipparchus.distribution.multivariate.MultivariateNormalDistribution;
import org.hipparchus.stat.fitting.MultivariateNormalMixtureExpectationMaximization;
import org.hipparchus.util.Pair;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A fit of a mixture of Gaussians")
class MixtureFitTest {
    private static final RandomStreams STREAMS = new RandomStreams(3);
    private static final LatentMixture KNOWN = new LatentMixture(List.of(
            new Component(0.5, new double[] {-4, 0}, new double[][] {{1, 0.6}, {0.6, 0.5}}),
            new Component(0.3, new double[] {3, 3}, new double[][] {{0.2, 0}, {0, 2}}),
            new Component(0.2, new double[] {3, -4}, new double[][] {{1.5, -0.9}, {-0.9, 0.8}})));

    @Test
    @DisplayName("recovers weights, means and covariances of the mixture that the latents were drawn from")
    void recovers() {
        MixtureFit fit = MixtureFit.of(KNOWN.draw(20_000, STREAMS, Purpose.GENERATION), 2, 3, STREAMS);
        assertTrue(fit.converged());
        List<Component> found = fit.mixture().components().stream()
                .sorted(Comparator.comparingDouble(Component::weight).reversed())
                .toList();
        for (int index = 0; index < 3; index++) {
            Component known = KNOWN.components().get(index);
            assertEquals(known.weight(), found.get(index).weight(), 0.01);
            assertArrayEquals(known.mean(), found.get(index).mean(), 0.06);
            for (int row = 0; row < 2; row++) {
                assertArrayEquals(known.covariance()[row], found.get(index).covariance()[row], 0.08);
            }
        }
    }

    @Test
    @DisplayName("is as likely as Hipparchus says, whose own maximization makes it no likelier")
    void agreesWithHipparchus() {
        float[] latents = KNOWN.draw(1500, STREAMS, Purpose.GENERATION);
        MixtureFit fit = MixtureFit.of(latents, 2, 3, STREAMS);
        double[][] rows = IntStream.range(0, 1500)
                .mapToObj(row -> new double[] {latents[2 * row], latents[2 * row + 1]})
                .toArray(double[][]::new);
        MixtureMultivariateNormalDistribution same =
                new MixtureMultivariateNormalDistribution(fit.mixture().components().stream()
                        .map(component -> new Pair<>(
                                component.weight(),
                                new MultivariateNormalDistribution(component.mean(), component.covariance())))
                        .toList());
        double logLikelihood = Arrays.stream(rows)
                .mapToDouble(row -> Math.log(same.density(row)))
                .average()
                .orElseThrow();
        assertEquals(logLikelihood, fit.logLikelihood(), 1e-9);
        MultivariateNormalMixtureExpectationMaximization theirs =
                new MultivariateNormalMixtureExpectationMaximization(rows);
        theirs.fit(same, 1000, 1e-8);
        assertEquals(theirs.getLogLikelihood(), fit.logLikelihood(), MixtureFit.TOLERANCE);
    }

    @Test
    @DisplayName("takes dimensions that are constant, nearly so, or equal to others, and draws them as they are")
    void degenerate() {
        float[] normal = STREAMS.gaussian(2 * 200, Purpose.GENERATION);
        float[] latents = new float[200 * 5];
        for (int row = 0; row < 200; row++) {
            latents[row * 5] = normal[2 * row];
            latents[row * 5 + 1] = normal[2 * row];
            latents[row * 5 + 2] = 0.1f;
            latents[row * 5 + 3] = 1e-12f * normal[2 * row + 1];
            latents[row * 5 + 4] = 0;
        }
        // More components than some clusters have latents beyond their dimensions.
        MixtureFit fit = MixtureFit.of(latents, 5, 60, STREAMS);
        float[] drawn = fit.mixture().draw(1000, STREAMS, Purpose.GENERATION);
        for (int row = 0; row < 1000; row++) {
            assertEquals(drawn[row * 5], drawn[row * 5 + 1], 0.02);
            assertEquals(0.1, drawn[row * 5 + 2], 0.01);
            assertEquals(0, drawn[row * 5 + 3], 1e-11);
            assertEquals(0, drawn[row * 5 + 4], 0.01);
        }
    }

    @Test
    @DisplayName("to latents that are all equal, or as many as components, is one")
    void atTheLimit() {
        float[] equal = new float[12];
        Arrays.fill(equal, 2);
        LatentMixture one = MixtureFit.of(equal, 3, 4, STREAMS).mixture();
        for (float value : one.draw(50, STREAMS, Purpose.GENERATION)) {
            assertEquals(2, value, 0.01);
        }
        LatentMixture each =
                MixtureFit.of(new float[] {0, 5, 10}, 1, 3, STREAMS).mixture();
        assertArrayEquals(
                new double[] {0, 5, 10},
                each.components().stream()
                        .mapToDouble(component -> component.mean()[0])
                        .sorted()
                        .toArray(),
                1e-3);
    }

    @Test
    @DisplayName(
            "keeps its digits in 50 dimensions with deviations of 1e-8, whose densities no floating-point number holds")
    void logarithms() {
        float[] latents = STREAMS.gaussian(300 * 50, Purpose.GENERATION);
        MixtureFit wide = MixtureFit.of(latents, 50, 2, STREAMS);
        for (int index = 0; index < latents.length; index++) {
            latents[index] *= 1e-8f;
        }
        MixtureFit narrow = MixtureFit.of(latents, 50, 2, STREAMS);
        assertEquals(wide.logLikelihood() + 50 * Math.log(1e8), narrow.logLikelihood(), 1e-3);
    }

    @Test
    @DisplayName("is the same for the same seed, and draws fewer latents as the first of more")
    void deterministic() {
        float[] latents = STREAMS.gaussian(500 * 3, Purpose.GENERATION);
        float[] once = MixtureFit.of(latents, 3, 4, STREAMS).mixture().draw(30, STREAMS, Purpose.GENERATION);
        float[] again = MixtureFit.of(latents, 3, 4, STREAMS).mixture().draw(20, STREAMS, Purpose.GENERATION);
        assertArrayEquals(Arrays.copyOf(once, 60), again);
    }

    @Test
    @DisplayName("needs as many latents as components, and a mixture is a density")
    void refusals() {
        assertEquals(
                "4 components for 3 latents",
                assertThrows(IllegalArgumentException.class, () -> MixtureFit.of(new float[3], 1, 4, STREAMS))
                        .getMessage());
        assertRefused("weights that add up to 0.5", new Component(0.5, new double[1], new double[][] {{1}}));
        assertRefused("the mean NaN", new Component(1, new double[] {Double.NaN}, new double[][] {{1}}));
        assertRefused("a covariance that is not positive definite", new Component(1, new double[2], new double[][] {
            {1, 2}, {2, 1}
        }));
        assertRefused("components that are not all of 2 dimensions", new Component(1, new double[2], new double[][] {
            {1, 0}, {0}
        }));
    }

    private static void assertRefused(String message, Component component) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> new LatentMixture(List.of(component)))
                        .getMessage());
    }
}
