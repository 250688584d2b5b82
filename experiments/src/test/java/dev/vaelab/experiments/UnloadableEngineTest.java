package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A training whose engine cannot be loaded leaves no run folder behind")
final class UnloadableEngineTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeExperiment() throws IOException {
        TinyExperiment.write(folder);
    }

    @Test
    @DisplayName("when the folder for its native libraries cannot be made, and names that folder and what moves it")
    void cache() throws Exception {
        ProcessBuilder training = Program.prepare(folder, "train", "tiny.json", "--backend", "djl", "--out", "run");
        Path cache = folder.resolve("tiny.json").resolve("cache");
        training.environment().put("DJL_CACHE_DIR", cache.toString());
        Outcome outcome = Program.await(training);
        assertEquals(1, outcome.exitCode(), outcome.errors());
        String last = outcome.errors().lines().reduce((first, second) -> second).orElseThrow();
        assertTrue(
                last.startsWith(
                        "error: the native libraries of PyTorch cannot be unpacked into " + cache + " and loaded"),
                last);
        assertTrue(last.endsWith("; DJL_CACHE_DIR names another folder"), last);
        assertFalse(Files.exists(folder.resolve("run")));
    }

    @Test
    @DisplayName("when a library is missing; an empty folder that was there stays, and nothing is in it")
    void library() throws Exception {
        HostileJar.write(folder.resolve("jars"));
        Path run = Files.createDirectory(folder.resolve("run"));
        Outcome outcome = Program.await(Program.withPlugins(
                folder.resolve("jars"), folder, "train", "tiny.json", "--backend", "unloadable", "--out", "run"));
        assertEquals(1, outcome.exitCode(), outcome.errors());
        assertTrue(outcome.errors().contains("no fastmath in java.library.path"), outcome.errors());
        assertArrayEquals(new String[0], run.toFile().list());
    }
}
