package dev.vaelab.experiment.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.SampleRuns;
import dev.vaelab.training.Pair;
import dev.vaelab.training.parity.Aspect;
import dev.vaelab.training.parity.Difference;
import dev.vaelab.training.parity.ParityReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A comparison of three engines")
final class ComparisonOfThreeTest {
    private static final List<String> ENGINES = List.of("reference", "djl", "dl4j");

    @TempDir
    private Path folder;

    @Test
    @DisplayName("asks for a certificate of every pair")
    void certificates() throws IOException {
        ComparisonPlan plan = new ComparisonPlan(SampleRuns.config("djl"), ENGINES, List.of(1L), 0.5, 1);
        ComparisonFolder comparison = new ComparisonFolder(folder);
        comparison.begin(plan);
        for (String engine : ENGINES) {
            SampleRuns.finished(folder, engine, 1, 1, 100);
        }
        // All is there already, so that no process is started.
        for (Comparison.Certificate certificate : certificates(new Pair<>("", ""))) {
            comparison.write("parity-" + certificate.first() + "-" + certificate.second(), certificate);
        }
        List<String> progress = new ArrayList<>();
        Comparison found = new ComparisonRunner(plan, comparison, null, progress::add).run();
        assertEquals(List.of(), progress);
        assertTrue(found.complete());
        assertEquals(
                Pair.ofAll(ENGINES),
                found.parity().stream()
                        .map(certificate -> new Pair<>(certificate.first(), certificate.second()))
                        .toList());
    }

    @Test
    @DisplayName("has one table of pairs, and says of how many of them equivalence is shown and parity passed")
    void table() throws IOException {
        String text = text(List.of(100.0, 100.25, 100.25), new Pair<>("", ""));
        assertTrue(text.contains("""
                pair              difference of test totals (nats)      result  parity  seeds
                djl - reference               0.250 [0.250, 0.250]  equivalent  passed      2
                dl4j - reference              0.250 [0.250, 0.250]  equivalent  passed      2
                dl4j - djl                    0.000 [0.000, 0.000]  equivalent  passed      2

                shown to be equivalent within 0.5 nats: all 3 pairs
                parity passed over 1 steps: all 3 pairs
                """), text);
    }

    @Test
    @DisplayName("does not conclude from two pairs to the third")
    void thirdPair() throws IOException {
        String text = text(List.of(100.0, 100.375, 99.625), new Pair<>("djl", "dl4j"));
        assertTrue(text.contains("""
                dl4j - djl                 -0.750 [-0.750, -0.750]   not shown  failed      2

                parity of dl4j with djl over 1 steps: failed: the engines part at step 1 in a (loss, each with its own weights): \
                1.00e-02, allowed 1e-03
                shown to be equivalent within 0.5 nats: 2 of 3 pairs
                parity passed over 1 steps: 2 of 3 pairs
                """), text);
    }

    private String text(List<Double> totals, Pair<String> parting) throws IOException {
        List<ComparedRun> runs = new ArrayList<>();
        for (long seed = 1; seed <= 2; seed++) {
            for (int engine = 0; engine < ENGINES.size(); engine++) {
                runs.add(SampleRuns.finished(folder, ENGINES.get(engine), seed, 1, totals.get(engine)));
            }
        }
        return ComparisonTable.of(
                Comparison.of(SampleRuns.config("djl"), ENGINES, List.of(1L, 2L), runs, 0.5, certificates(parting)),
                80);
    }

    private static List<Comparison.Certificate> certificates(Pair<String> parting) {
        return Pair.ofAll(ENGINES).stream()
                .map(pair -> new Comparison.Certificate(
                        pair.first(), pair.second(), report(pair, pair.equals(parting)), null))
                .toList();
    }

    private static ParityReport report(Pair<String> pair, boolean parts) {
        List<Difference> differences = Arrays.stream(Aspect.values())
                .map(aspect -> new Difference(1, aspect, "a", parts && aspect == Aspect.LOSS ? 0.01 : 1e-8))
                .toList();
        return new ParityReport(pair.first(), pair.second(), 1, differences, Map.of(), List.of());
    }
}
