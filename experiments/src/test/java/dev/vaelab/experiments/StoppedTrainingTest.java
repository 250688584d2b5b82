package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A training that is asked to stop")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class StoppedTrainingTest {
    private static final int CTRL_C = 2;
    private static final int SIGNALS = 128;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeExperiment() throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
    }

    @ParameterizedTest
    @CsvSource({"INT,2", "TERM,15"})
    @DisplayName("by Ctrl-C or a polite kill ends after the step in work, writes its checkpoint and says how to go on")
    void stops(String name, int number) throws Exception {
        try (RunningProgram training = RunningProgram.trainForever(folder, "run")) {
            assumeIsHeeded(training, number);
            training.signal(name);
            Outcome outcome = training.end();
            assertEquals(SIGNALS + number, outcome.exitCode());
            assertEquals("stopped; go on with: vae train --resume run", outcome.output());
            assertTrue(
                    outcome.errors()
                            .contains(
                                    "stopping after the step in work; Ctrl-C again ends at once, without a checkpoint"),
                    outcome.errors());
            assertTrue(Files.exists(folder.resolve("run/checkpoints/last.safetensors")));
            assertEquals(0, Files.size(folder.resolve("run/run.lock")), "the lock was not given back");
        }
        int done = Files.readAllLines(folder.resolve("run/metrics.jsonl")).size();
        Outcome resumed =
                InProcess.in(folder).succeed("train", "--resume", "./run", "--set", "training.epochs=" + (done + 1));
        assertTrue(resumed.errors().contains("\ngoes on in epoch " + (done + 1) + " of "), resumed.errors());
        assertEquals(
                done + 1,
                Files.readAllLines(folder.resolve("run/metrics.jsonl")).size());
    }

    @Test
    @DisplayName("by a second Ctrl-C ends at once, though an engine hangs in a step")
    void secondCtrlC() throws Exception {
        HostileJar.write(folder.resolve("jars"));
        try (RunningProgram training = RunningProgram.start(Program.withPlugins(
                folder.resolve("jars"), folder, "train", "tiny.json", "--backend", "hanging", "--out", "run"))) {
            training.awaitMessage("epoch 1/");
            assumeIsHeeded(training, CTRL_C);
            training.signal("INT");
            training.awaitMessage("stopping after the step in work");
            training.signal("INT");
            Outcome outcome = training.end();
            assertEquals(SIGNALS + CTRL_C, outcome.exitCode());
            assertFalse(outcome.errors().contains("still at work"), outcome.errors());
        }
    }

    private static void assumeIsHeeded(RunningProgram program, int signal) throws Exception {
        assumeTrue(program.heeds(signal), "the tests were started with signal " + signal + " ignored");
    }
}
