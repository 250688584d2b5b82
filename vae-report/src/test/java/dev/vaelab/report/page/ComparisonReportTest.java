package dev.vaelab.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.SampleRuns;
import dev.vaelab.experiment.comparison.ComparedRun;
import dev.vaelab.experiment.comparison.Comparison;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.report.page.ParitySummary.AspectSummary;
import dev.vaelab.training.LatentStatistics;
import dev.vaelab.training.parity.Aspect;
import dev.vaelab.training.parity.Difference;
import dev.vaelab.training.parity.ParityReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The report of a comparison")
final class ComparisonReportTest {
    private static final int EPOCHS = 20;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("of two engines and three seeds is whole, below 5 MB, and holds every run")
    void whole() throws IOException {
        List<ComparedRun> runs = new ArrayList<>();
        for (long seed = 1; seed <= 3; seed++) {
            runs.add(SampleRuns.finished(folder, "dl4j", seed, EPOCHS, 97 + seed));
            runs.add(SampleRuns.finished(folder, "djl", seed, EPOCHS, 97.1 + seed));
        }
        ComparisonReport report = ComparisonReport.of(comparison(runs, List.of(certificate(1e-7))));
        PageText page = new PageText(report.page());
        page.assertWhole();
        assertEquals(6, ((List<?>) page.data().get("runs")).size());

        EngineCurves dl4j = report.curves().get(0);
        assertEquals(3, dl4j.runs());
        SeedBand validation = dl4j.validation().figures().get("loss");
        assertEquals(EPOCHS, validation.mean().size());
        assertEquals(99, validation.mean().get(EPOCHS - 1), 1e-9);
        assertEquals(98, validation.lowest().get(EPOCHS - 1), 1e-9);
        assertEquals(100, validation.highest().get(EPOCHS - 1), 1e-9);
        EnginePair pair = report.pairs().get(0);
        assertEquals(Verdict.Outcome.EQUIVALENT, pair.verdict().outcome());
        assertEquals(0.1, pair.validation().lowest().get(0), 1e-9);
        assertEquals(0.1, pair.validation().highest().get(EPOCHS - 1), 1e-9);
        assertEquals(
                List.of("dl4j 1", "djl 1"),
                report.pictures().stream()
                        .map(pictures -> pictures.backend() + " " + pictures.seed())
                        .toList());
    }

    @Test
    @DisplayName("names the runs that failed and counts on the others only, whatever the reason looks like")
    void failures() throws IOException {
        ComparedRun failed =
                new ComparedRun("djl", 1, folder.toString(), SampleRuns.HOSTILE, null, SampleRuns.epochs(2, 500), null);
        List<ComparedRun> runs = List.of(SampleRuns.finished(folder, "dl4j", 1, EPOCHS, 97), failed);
        ComparisonReport report = ComparisonReport.of(
                comparison(runs, List.of(new Comparison.Certificate("dl4j", "djl", null, SampleRuns.HOSTILE))));
        PageText page = new PageText(report.page());
        page.assertWhole();
        List<?> shown = (List<?>) page.data().get("runs");
        assertEquals(SampleRuns.HOSTILE, ((Map<?, ?>) shown.get(1)).get("failure"));
        assertEquals(0, report.curves().get(1).runs());
        assertEquals(Map.of(), report.curves().get(1).validation().figures());
        assertEquals(Verdict.Outcome.UNKNOWN, report.pairs().get(0).verdict().outcome());
        assertNull(report.parity().get(0).summary());
    }

    @Test
    @DisplayName("has for each engine the curves of both splits and both terms, of speed and of memory")
    void everyCurve() throws IOException {
        ComparisonReport report = ComparisonReport.of(comparison(
                List.of(
                        SampleRuns.finished(folder, "dl4j", 1, 2, 97),
                        SampleRuns.finished(folder, "dl4j", 2, 2, 99),
                        SampleRuns.finished(folder, "djl", 1, 2, 97)),
                List.of()));
        EngineCurves curves = report.curves().get(0);
        assertEquals(
                List.of(104.0, 103.0), curves.training().figures().get("loss").mean());
        assertEquals(
                List.of(84.0, 83.0),
                curves.training().figures().get("reconstruction").mean());
        assertEquals(List.of(20.0, 20.0), curves.training().figures().get("kl").mean());
        assertEquals(
                List.of(99.0, 98.0), curves.validation().figures().get("loss").mean());
        assertEquals(
                List.of(79.0, 78.0),
                curves.validation().figures().get("reconstruction").mean());
        assertEquals(
                List.of(20.0, 20.0), curves.validation().figures().get("kl").mean());
        assertEquals(List.of(1000.0, 1000.0), curves.imagesPerSecond().mean());
        assertEquals(List.of(1e-4, 1e-4), curves.residentMegabytes().mean());
    }

    @Test
    @DisplayName(
            "lines up the latent dimensions of each run by their KL and counts the active ones, of runs that have them")
    void latents() throws IOException {
        List<ComparedRun> runs = List.of(
                SampleRuns.finished(folder, "dl4j", 1, 2, 97),
                SampleRuns.finished(folder, "dl4j", 2, 2, 97),
                SampleRuns.finished(folder, "dl4j", 3, 2, 97),
                SampleRuns.finished(folder, "djl", 1, 2, 97));
        Files.writeString(
                folder.resolve("dl4j-seed2/latent.json"),
                JsonText.page(new LatentStatistics(
                        100,
                        List.of(new LatentStatistics.Dimension(0.5, 0.3), new LatentStatistics.Dimension(3.5, 0.9)))));
        Files.delete(folder.resolve("dl4j-seed3/latent.json"));
        Files.delete(folder.resolve("djl-seed1/latent.json"));
        List<EngineLatents> latents =
                ComparisonReport.of(comparison(runs, List.of())).latents();
        assertEquals(
                List.of(new EngineLatents(
                        "dl4j",
                        2,
                        100,
                        List.of(new EngineLatents.ActiveUnits(1, 1), new EngineLatents.ActiveUnits(2, 2)),
                        new SeedBand(List.of(3.0, 0.2505), List.of(2.5, 0.001), List.of(3.5, 0.5)))),
                latents);
    }

    @Test
    @DisplayName("holds the estimates of the likelihood of the runs that have some")
    void estimates() throws IOException {
        List<ComparedRun> runs =
                List.of(SampleRuns.finished(folder, "dl4j", 1, 2, 97), SampleRuns.finished(folder, "djl", 1, 2, 97));
        SampleRuns.estimate(new RunFolder(folder.resolve("djl-seed1")), "test");
        List<EngineEstimates> estimates =
                ComparisonReport.of(comparison(runs, List.of())).estimates();
        assertEquals(1, estimates.size());
        assertEquals("djl", estimates.get(0).engine());
        assertEquals(-90.5, estimates.get(0).likelihoods().get(0).logLikelihood());
    }

    @Test
    @DisplayName("shortens the certificate to the largest difference of each aspect and step, and hides no NaN")
    void parity() {
        ParitySummary passed = ParitySummary.of(certificate(1e-7).report());
        assertTrue(passed.passed());
        assertNull(passed.partsAt());
        assertEquals(
                List.of(Aspect.values()),
                passed.aspects().stream()
                        .map(aspect -> aspect.judgement().aspect())
                        .toList());
        assertEquals(List.of(2e-8, 2e-8, 1e-7), of(Aspect.LOSS, passed).perStep());
        assertEquals(new ParitySummary.FarthestWeight("b", 0.2), passed.farthestWeight());

        ParitySummary failed = ParitySummary.of(certificate(Double.NaN).report());
        assertFalse(failed.passed());
        assertEquals(3, failed.partsAt().step());
        assertEquals(Double.NaN, of(Aspect.LOSS, failed).perStep().get(2));
    }

    private static AspectSummary of(Aspect aspect, ParitySummary summary) {
        return summary.aspects().get(aspect.ordinal());
    }

    private static Comparison comparison(List<ComparedRun> runs, List<Comparison.Certificate> parity) {
        List<Long> seeds = runs.stream().map(ComparedRun::seed).distinct().toList();
        return Comparison.of(SampleRuns.config("dl4j"), List.of("dl4j", "djl"), seeds, runs, 0.5, parity);
    }

    /** Three steps; the last one's second loss is given. */
    private static Comparison.Certificate certificate(double last) {
        List<Difference> differences = new ArrayList<>();
        for (int step = 1; step <= 3; step++) {
            for (Aspect aspect : Aspect.values()) {
                differences.add(new Difference(step, aspect, "a", 2e-8));
            }
            differences.add(new Difference(step, Aspect.LOSS, "b", step == 3 ? last : 1e-8));
        }
        ParityReport report = new ParityReport("dl4j", "djl", 3, differences, Map.of("a", 0.1, "b", 0.2), List.of());
        return new Comparison.Certificate("dl4j", "djl", report, null);
    }
}
