package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.experiment.comparison.ComparedRun;
import dev.vaelab.experiment.comparison.Comparison;
import dev.vaelab.experiment.comparison.EngineSummary;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiments.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One comparison of all of them, since most of the time of each run is Java's start. */
@DisplayName("A comparison in which one backend after the other does the worst it can")
final class HostileBackendsTest {
    @TempDir
    private static Path folder;

    private static Outcome outcome;
    private static Comparison comparison;

    @BeforeAll
    static void compare() throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
        HostileJar.write(folder.resolve("jars"));
        outcome = Program.await(Program.withPlugins(
                folder.resolve("jars"),
                folder,
                "compare",
                "tiny.json",
                "--backends",
                "exiting,crashing,hanging,reference,leaking,throwing",
                "--parity-steps",
                "0",
                "--silence",
                "20s",
                "--memory",
                "700m",
                "--out",
                "comparison"));
        comparison = JsonText.readFile(folder.resolve("comparison/comparison.json"), Comparison.class);
    }

    @Test
    @DisplayName("ends with exit code 1 and a report for people, which names each failure")
    void report() throws Exception {
        assertEquals(1, outcome.exitCode(), outcome.errors());
        for (ComparedRun run : comparison.runs()) {
            boolean named = outcome.output().contains("failed: " + run.backend() + " with seed 7: " + run.failure());
            assertEquals(!run.succeeded(), named, outcome.output());
        }
        assertTrue(Files.size(folder.resolve("comparison/comparison.html")) > 0);
    }

    @Test
    @DisplayName("has the whole result of the backend that behaves, whatever ran before it and after it")
    void goodRun() throws Exception {
        ComparedRun good = run("reference");
        assertTrue(good.succeeded(), outcome.errors());
        Outcome alone = InProcess.in(folder).succeed("train", "./tiny.json", "--out", "./alone", "--json");
        Map<?, ?> test = (Map<?, ?>) alone.json().get("test");
        assertEquals(test.get("total"), good.result().test().total());
        assertEquals(2, good.epochs().size());
        assertNotNull(good.provenance());
        EngineSummary summary = comparison.engines().get(3);
        assertEquals(List.of("reference", 1, 0), List.of(summary.backend(), summary.succeeded(), summary.failed()));
    }

    @Test
    @DisplayName("keeps the epochs that went well of each one that failed, and takes none of them for a result")
    void failedRuns() {
        Set<String> failed = comparison.runs().stream()
                .filter(run -> !run.succeeded())
                .map(ComparedRun::backend)
                .collect(Collectors.toSet());
        assertEquals(Set.of("exiting", "crashing", "hanging", "leaking", "throwing"), failed);
        for (String backend : failed) {
            assertEquals(1, run(backend).epochs().size(), backend);
            assertNull(run(backend).result(), backend);
        }
    }

    @Test
    @DisplayName("says of System.exit(0) that the process ended before its time")
    void exiting() {
        assertEquals(
                "ended with exit code 0 before it was done: the backend, or a library of it, ended the process",
                run("exiting").failure());
    }

    @Test
    @DisplayName("says of a crash in native code what struck where, and keeps its traces out of the working folder")
    void crashing() throws Exception {
        String failure = run("crashing").failure();
        Path report = folder.toRealPath().resolve("comparison/crashing-seed7.crash.txt");
        assertTrue(failure.startsWith("native code crashed the Java machine (SIG"), failure);
        assertTrue(failure.endsWith("; its report is " + report), failure);
        assertTrue(Files.exists(report));
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> names = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            names.remove("alone");
            assertEquals(Set.of("tiny.json", "images", "jars", "comparison"), names);
        }
    }

    @Test
    @DisplayName("says of one that hangs for how long it was silent")
    void hanging() {
        assertEquals("killed: no sign of life for 20s", run("hanging").failure());
    }

    @Test
    @DisplayName("says of one that leaks how much it took")
    void leaking() {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "telling the memory of a process takes Linux");
        String failure = run("leaking").failure();
        assertTrue(failure.matches("killed: took \\d+ MiB of memory, allowed are 700"), failure);
    }

    @Test
    @DisplayName("says of one that throws what and where, and its log has the stack trace")
    void throwing() throws Exception {
        String failure = run("throwing").failure();
        assertTrue(
                failure.startsWith("ended with exit code 1: this should not have happened:"
                        + " java.lang.IllegalStateException: the engine has no more ideas, at "
                        + "plug-in hostile.jar//dev.vaelab.experiments.hostile.ThrowingBackend.misbehave("),
                failure);
        String log = Files.readString(folder.resolve("comparison/throwing-seed7/log.txt"));
        assertTrue(log.contains("\tat plug-in hostile.jar//dev.vaelab.experiments.hostile.HostileBackend"), log);
    }

    @Test
    @DisplayName("has the reason in the place of a certificate that a backend did not let it make")
    void certificate() throws Exception {
        Outcome certified = Program.await(Program.withPlugins(
                folder.resolve("jars"),
                folder,
                "compare",
                "tiny.json",
                "--backends",
                "reference,exiting",
                "--parity-steps",
                "8",
                "--out",
                "comparison/certified",
                "--json"));
        assertEquals(1, certified.exitCode(), certified.errors());
        Comparison.Certificate certificate =
                JsonText.read(certified.output(), Comparison.class).parity().get(0);
        assertNull(certificate.report());
        assertEquals(run("exiting").failure(), certificate.failure());
    }

    private static ComparedRun run(String backend) {
        return comparison.runs().stream()
                .filter(run -> run.backend().equals(backend))
                .findFirst()
                .orElseThrow();
    }
}
