package dev.vaelab.experiment.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.SampleRuns;
import dev.vaelab.experiment.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The table of a comparison")
final class ComparisonEstimatesTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("has the estimates of its runs side by side where they are of the same, and apart where they are not")
    void estimates() throws IOException {
        Comparison comparison = comparison();
        for (ComparedRun run : comparison.runs()) {
            RunFolder estimated = new RunFolder(Path.of(run.folder()));
            SampleRuns.estimate(estimated, "test");
            SampleRuns.probe(estimated, "test");
        }
        SampleRuns.estimate(new RunFolder(folder.resolve("djl-seed1")), "validation");
        String table = ComparisonTable.of(comparison);
        assertTrue(table.contains("""
                        log p(x) under bce on mnist (00ff), 2 test images, K 10; by importance sampling, nats per image
                        run           log p(x)  bits/dim  standard error  sampling error     elbo  effective samples  backend  seed
                        dl4j, seed 1   -90.500    0.1665           0.500          0.5000  -96.000                5.0      djl     1
                        djl, seed 1    -90.500    0.1665           0.500          0.5000  -96.000                5.0      djl     1

                        log p(x) under bce on mnist (00ff), 2 validation images, K 10; by importance sampling, nats per image
                        run          log p(x)  bits/dim  standard error  sampling error     elbo  effective samples  backend  seed
                        djl, seed 1   -90.500    0.1665           0.500          0.5000  -96.000                5.0      djl     1
                        """), table);
        assertEquals(2, rows(table, "2.500 +- 0.100"), table);
        assertEquals(2, rows(table, "0.9000 +- 0.0300"), table);
    }

    @Test
    @DisplayName("has no table of estimates that nobody made, or that cannot be read")
    void none() throws IOException {
        Comparison comparison = comparison();
        assertFalse(ComparisonTable.of(comparison).contains("log p(x)"));
        RunFolder run = new RunFolder(folder.resolve("djl-seed1"));
        SampleRuns.estimate(run, "test");
        try (Stream<Path> files = Files.list(run.estimates())) {
            for (Path file : files.toList()) {
                Files.writeString(file, "{");
            }
        }
        assertFalse(ComparisonTable.of(comparison).contains("log p(x)"));
    }

    private static long rows(String table, String figure) {
        return table.lines().filter(line -> line.contains(figure)).count();
    }

    private Comparison comparison() throws IOException {
        List<ComparedRun> runs =
                List.of(SampleRuns.finished(folder, "dl4j", 1, 2, 97), SampleRuns.finished(folder, "djl", 1, 2, 97));
        return Comparison.of(SampleRuns.config("djl"), List.of("dl4j", "djl"), List.of(1L), runs, 0.5, List.of());
    }
}
