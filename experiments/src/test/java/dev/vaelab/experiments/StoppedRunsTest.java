package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Runs that are stopped together")
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class StoppedRunsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeExperiment() throws IOException {
        TinyExperiment.writeForAnyFolder(folder);
    }

    @Test
    @DisplayName(
            "by the end of a comparison: it says what is done and how to go on, and goes on to what an undisturbed one gives")
    void comparison() throws Exception {
        String[] epochs = {"--set", "training.epochs=60", "--parity-steps", "2"};
        Outcome stopped;
        try (RunningProgram comparison = RunningProgram.start(Program.prepare(
                folder, with(epochs, "compare", "tiny.json", "--backends", "reference,djl", "--out", "stopped")))) {
            comparison.awaitMessage("djl-seed7: epoch 3/");
            comparison.signal("TERM");
            stopped = comparison.end();
        }
        assertEquals(143, stopped.exitCode(), stopped.errors());
        assertEquals("""
                stopped: 1 of 2 runs done (reference-seed7)
                with a checkpoint: 1 (djl-seed7)
                go on with: vae compare --resume stopped""", stopped.output());
        assertTrue(stopped.errors().contains("\nstopping: the runs at work write their checkpoints"), stopped.errors());

        Path result = folder.resolve("stopped/reference-seed7/result.json");
        FileTime finished = Files.getLastModifiedTime(result);
        Outcome resumed = Program.run(folder, "compare", "--resume", "stopped", "--json");
        assertEquals(0, resumed.exitCode(), resumed.errors());
        assertEquals(finished, Files.getLastModifiedTime(result), "what is finished stays as it is");
        assertEquals(
                0,
                Program.run(
                                folder,
                                with(epochs, "compare", "tiny.json", "--backends", "reference,djl", "--out", "whole"))
                        .exitCode());
        for (String run : List.of("reference-seed7", "djl-seed7")) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("whole").resolve(run).resolve("checkpoints/best.safetensors")),
                    Files.readAllBytes(folder.resolve("stopped").resolve(run).resolve("checkpoints/best.safetensors")),
                    run);
        }
        assertTrue(Files.exists(folder.resolve("stopped/comparison.html")));

        Path certificate = folder.resolve("stopped/parity-reference-djl.json");
        FileTime certified = Files.getLastModifiedTime(certificate);
        InProcess.in(folder).succeed("compare", "--resume", "./stopped");
        assertEquals(certified, Files.getLastModifiedTime(certificate));
    }

    @Test
    @DisplayName("by the end of a sweep, which says the same, to scripts as JSON")
    void sweep() throws Exception {
        Files.writeString(folder.resolve("sweep.json"), """
                { "name": "s", "experiment": "tiny.json",
                  "grid": { "training.epochs": [1, 1000000], "seed": [1] } }
                """);
        Outcome stopped;
        try (RunningProgram sweep =
                RunningProgram.start(Program.prepare(folder, "sweep", "sweep.json", "--out", "out", "--json"))) {
            sweep.awaitMessage("training.epochs=1000000: epoch 2/");
            sweep.signal("TERM");
            stopped = sweep.end();
        }
        assertEquals("vae sweep --resume out", stopped.json().get("resume"));
        assertEquals(List.of("training.epochs=1"), stopped.json().get("done"));
        assertEquals(List.of("training.epochs=1000000"), stopped.json().get("stopped"));
        assertEquals(List.of(), stopped.json().get("open"));
    }

    @Test
    @DisplayName("do not go on with other settings, nor from a folder that is no comparison's")
    void refused() {
        Outcome nothing = InProcess.in(folder).run("compare", "--resume", "./images");
        assertEquals(2, nothing.exitCode());
        assertEquals(
                "error: images: found a folder without comparison-plan.json, expected the folder of a comparison that can go"
                        + " on; compare prints where its folder is",
                nothing.errors());
        for (String option : List.of("--seeds=1", "--margin=1", "--parity-steps=1", "--out=x", "--set=seed=1")) {
            Outcome outcome = InProcess.in(folder).run("compare", "--resume", "./images", option);
            assertEquals(2, outcome.exitCode(), option);
            assertTrue(outcome.errors().contains("with --resume, expected one of the two"), outcome.errors());
        }
    }

    private static String[] with(String[] options, String... command) {
        return Stream.concat(Arrays.stream(command), Arrays.stream(options)).toArray(String[]::new);
    }
}
