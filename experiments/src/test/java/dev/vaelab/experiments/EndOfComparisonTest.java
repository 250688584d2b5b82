package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A comparison that is ended in the midst of a run")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class EndOfComparisonTest {
    private static final int SIGTERM = 15;

    @TempDir
    private Path folder;

    private RunningProgram comparison;
    private ProcessHandle run;

    @BeforeEach
    void startEndlessRun() throws IOException {
        TinyExperiment.write(folder);
        HostileJar.write(folder.resolve("jars"));
        comparison = RunningProgram.start(Program.withPlugins(
                folder.resolve("jars"),
                folder,
                "compare",
                "tiny.json",
                "--backends",
                "reference,throwing",
                "--set",
                "training.epochs=1000000",
                "--out",
                "comparison"));
        comparison.awaitMessage("reference-seed7: epoch 2/");
        run = comparison.descendants().get(0);
    }

    @AfterEach
    void end() throws IOException {
        comparison.close();
    }

    @Test
    @DisplayName("politely or by Ctrl-C takes the run with it, which writes its checkpoint, and starts no other")
    void politely() throws Exception {
        comparison.signal("TERM");
        assertEquals(128 + SIGTERM, comparison.end().exitCode());
        requireEnd(run);
        assertTrue(Files.exists(folder.resolve("comparison/reference-seed7/checkpoints/last.safetensors")));
        assertFalse(Files.exists(folder.resolve("comparison/throwing-seed7")));
    }

    @Test
    @DisplayName("by force leaves no run behind that would go on for nobody")
    void byForce() throws Exception {
        comparison.signal("KILL");
        comparison.end();
        requireEnd(run);
    }

    private static void requireEnd(ProcessHandle process) throws Exception {
        process.onExit().get(2, TimeUnit.MINUTES);
        assertFalse(process.isAlive());
    }
}
