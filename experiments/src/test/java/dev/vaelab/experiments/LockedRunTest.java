package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A run folder in which a process trains")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class LockedRunTest {
    @TempDir
    private Path folder;

    private RunningProgram training;

    @BeforeEach
    void train() throws IOException {
        TinyExperiment.writeForAnyFolder(folder);
        training = RunningProgram.trainForever(folder, "run");
    }

    @AfterEach
    void end() throws IOException {
        training.close();
    }

    @Test
    @DisplayName("is refused to another one, which is told whose it is and since when; it can be listed and evaluated")
    void refused() throws Exception {
        Outcome second = run("train", "--resume", "./run");
        assertEquals(2, second.exitCode(), second.errors());
        assertTrue(
                second.errors()
                        .matches("error: run: found a run in the hands of process " + training.id()
                                + " since \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ, expected one that nobody trains; wait for"
                                + " its end, or end it"),
                second.errors());
        assertEquals("running", state());
        Outcome evaluated = run("evaluate", "./run", "--json");
        assertEquals(0, evaluated.exitCode(), evaluated.errors());
        // Neither of them took the lock from the training.
        assertEquals("running", state());
    }

    @Test
    @DisplayName("is free again when the process is killed with -9, and whoever takes it over is told of that")
    void killed() throws Exception {
        training.signal("KILL");
        training.end();
        assertEquals("stopped", state());
        long epochs = Files.readAllLines(folder.resolve("run/metrics.jsonl")).size() + 1;
        Outcome resumed = run("train", "--resume", "./run", "--set", "training.epochs=" + epochs);
        assertEquals(0, resumed.exitCode(), resumed.errors());
        assertTrue(
                resumed.errors()
                        .lines()
                        .anyMatch(
                                line -> line.matches(
                                        "process " + training.id()
                                                + " since \\S+Z was killed or crashed while it trained this run; its lock is taken over")),
                resumed.errors());
        assertEquals("finished", state());
        assertEquals(0, Files.size(folder.resolve("run/run.lock")));
    }

    private String state() {
        Outcome listed = run("runs", "./", "--json");
        List<?> runs = (List<?>) listed.json().get("runs");
        assertEquals(1, runs.size(), listed.output());
        return (String) ((Map<?, ?>) runs.get(0)).get("state");
    }

    /** This process is another one than that of the training. */
    private Outcome run(String... arguments) {
        return InProcess.in(folder).run(arguments);
    }
}
