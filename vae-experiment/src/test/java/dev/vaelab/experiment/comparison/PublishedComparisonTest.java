package dev.vaelab.experiment.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.experiment.Binarization;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.FigureStamp.Metric;
import dev.vaelab.api.experiment.PublishedFigure;
import dev.vaelab.experiment.SampleRuns;
import dev.vaelab.experiment.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A published figure")
final class PublishedComparisonTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "stands beside the figures of the runs that are of the same: metric, data, images, likelihood, binarization")
    void besideTheSame() throws IOException {
        Comparison comparison = comparison(
                figure(Metric.NEGATIVE_ELBO, 97, "test", Binarization.NONE, null),
                figure(Metric.ACTIVE_UNITS, 19, null, null, null));
        List<PublishedComparison> published = PublishedComparison.of(comparison);
        assertEquals(List.of(100.0), published.get(0).of("djl"));
        assertEquals(List.of(101.0), published.get(0).of("dl4j"));
        assertEquals(
                "negative ELBO on mnist, test images, bce, not binarized",
                published.get(0).stamp());
        assertEquals(List.of(1.0), published.get(1).of("djl"), "one of the two dimensions of the sample runs");
        assertEquals("dimensions", published.get(1).unit());
    }

    @Test
    @DisplayName("stands alone where the runs have figures of something else only, and says what these are of")
    void besideNothingElse() throws IOException {
        Comparison comparison = comparison(
                figure(Metric.NEGATIVE_ELBO, 97, "test", Binarization.STOCHASTIC, null),
                figure(Metric.NEGATIVE_LOG_LIKELIHOOD, 86.76, "test", Binarization.NONE, 5000));
        List<PublishedComparison> published = PublishedComparison.of(comparison);
        assertEquals(List.of(), published.get(0).measured());
        assertEquals(
                "the runs have figures of something else: negative ELBO on mnist, test images, bce, not binarized",
                published.get(0).missing());
        assertEquals(List.of(), published.get(1).measured());
        assertTrue(published.get(1).missing().startsWith("not measured: vae evaluate RUN --samples 5000"));
    }

    @Test
    @DisplayName("has the likelihoods of the runs that were estimated with as many samples, and of the same split")
    void besideLikelihoods() throws IOException {
        PublishedFigure same = figure(Metric.NEGATIVE_LOG_LIKELIHOOD, 86.76, "test", Binarization.NONE, 10);
        PublishedFigure moreSamples = figure(Metric.NEGATIVE_LOG_LIKELIHOOD, 86.76, "test", Binarization.NONE, 5000);
        Comparison comparison = comparison(same, moreSamples);
        SampleRuns.estimate(new RunFolder(folder.resolve("djl-seed1")), "test");
        SampleRuns.estimate(new RunFolder(folder.resolve("dl4j-seed1")), "validation");
        List<PublishedComparison> published = PublishedComparison.of(comparison);
        assertEquals(List.of(90.5), published.get(0).of("djl"));
        assertEquals(List.of(), published.get(0).of("dl4j"));
        assertEquals(List.of(), published.get(1).measured());
        assertEquals(
                "the runs have figures of something else: negative log-likelihood on mnist, test images, bce, not binarized,"
                        + " 10 samples; negative log-likelihood on mnist, validation images, bce, not binarized, 10 samples",
                published.get(1).missing());
    }

    @Test
    @DisplayName("has no likelihoods of other images, which the model of a run was shown afterwards")
    void besideOtherImages() throws IOException {
        Comparison comparison =
                comparison(figure(Metric.NEGATIVE_LOG_LIKELIHOOD, 86.76, "test", Binarization.NONE, 10));
        SampleRuns.estimateOfOtherImages(new RunFolder(folder.resolve("djl-seed1")), "idx", "test");
        PublishedComparison published = PublishedComparison.of(comparison).get(0);
        assertEquals(List.of(), published.measured());
        assertTrue(published.missing().startsWith("not measured"), published.missing());
    }

    @Test
    @DisplayName("has a table of its own in the text of a comparison, under what it is of")
    void text() throws IOException {
        String text = ComparisonTable.of(comparison(figure(Metric.NEGATIVE_ELBO, 97, "test", Binarization.NONE, null)));
        assertTrue(text.contains("""
                published: P 2016, table 1, first row
                negative ELBO on mnist, test images, bce, not binarized
                source  nats per image  runs
                """), text);
        assertTrue(text.lines().anyMatch(line -> line.matches("paper +97 +-")), text);
        assertTrue(text.lines().anyMatch(line -> line.matches("djl +100\\.000 +1")), text);
    }

    private static PublishedFigure figure(
            Metric metric, double value, String split, Binarization binarization, Integer samples) {
        return new PublishedFigure(
                "P 2016", "1", "first row", metric, value, "mnist", split, "bce", binarization, samples, null);
    }

    private Comparison comparison(PublishedFigure... figures) throws IOException {
        ExperimentConfig config = SampleRuns.config("djl");
        ExperimentConfig published = new ExperimentConfig(
                config.name(),
                config.seed(),
                config.backend(),
                config.dataset(),
                config.model(),
                config.prior(),
                config.sampler(),
                config.loss(),
                config.training(),
                config.logging(),
                List.of(figures));
        return Comparison.of(
                published,
                List.of("djl", "dl4j"),
                List.of(1L),
                List.of(SampleRuns.finished(folder, "djl", 1, 2, 100), SampleRuns.finished(folder, "dl4j", 1, 2, 101)),
                0.5,
                List.of());
    }
}
