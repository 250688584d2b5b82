package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.benchmark.Benchmark;
import dev.vaelab.experiment.benchmark.Result;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiments.Program.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One benchmark for all tests, since most of its time is the start of Java machines. */
@DisplayName("bench on an engine, the reference, and a backend that crashes")
final class BenchTest {
    @TempDir
    private static Path folder;

    private static Outcome outcome;
    private static Benchmark benchmark;

    @BeforeAll
    static void measure() throws Exception {
        TinyExperiment.write(folder);
        HostileJar.write(folder.resolve("jars"));
        outcome = Program.await(Program.withPlugins(
                folder.resolve("jars"),
                folder,
                "bench",
                "tiny.json",
                "--backends",
                "djl,crashing,reference",
                "--batch",
                "4",
                "--threads",
                "1",
                "--turns",
                "2",
                "--duration",
                "0.01s",
                "--out",
                "bench",
                "--json"));
        benchmark = JsonText.read(outcome.output(), Benchmark.class);
    }

    @Test
    @DisplayName("ends with exit code 1 for the one that crashed, and with the results of the others")
    void results() {
        assertEquals(1, outcome.exitCode(), outcome.errors());
        assertEquals(
                List.of("djl", "crashing", "reference"),
                benchmark.results().stream().map(Result::backend).toList());
        for (Result result : List.of(result("djl"), result("reference"))) {
            assertNull(result.failure());
            assertEquals(2, result.turns().size());
            assertTrue(result.imagesPerSecond().decoding().minimum() > 0, outcome.output());
            assertEquals(
                    1,
                    result.stepShares().forward()
                            + result.stepShares().backward()
                            + result.stepShares().update(),
                    1e-9,
                    "of two turns, medians are means");
        }
        String failure = result("crashing").failure();
        assertTrue(failure.startsWith("native code crashed the Java machine (SIG"), failure);
    }

    @Test
    @DisplayName("measures the model, the batch and the threads that were asked for, and says so")
    void provenance() {
        assertEquals(4, benchmark.config().training().batchSize());
        assertEquals(List.of(2), benchmark.config().model().channels());
        Result djl = result("djl");
        assertEquals(1, djl.threads());
        assertEquals("1", djl.provenance().settings().get("OMP_NUM_THREADS"));
        assertEquals("PyTorch", djl.provenance().engine().name());
        assertFalse(djl.provenance().machine().processor().isBlank());
    }

    @Test
    @DisplayName("holds all speeds against the one product of matrices that there is")
    void peak() {
        assertNotNull(result("djl").multiplication());
        assertNull(result("reference").multiplication());
        assertEquals(
                result("djl").peakShares().peak(),
                result("reference").peakShares().peak());
    }

    @Test
    @DisplayName("keeps in its folder what it printed")
    void folder() {
        assertEquals(benchmark, JsonText.readFile(folder.resolve("bench/benchmark.json"), Benchmark.class));
    }

    private static Result result(String backend) {
        return benchmark.results().stream()
                .filter(result -> result.backend().equals(backend))
                .findFirst()
                .orElseThrow();
    }
}
