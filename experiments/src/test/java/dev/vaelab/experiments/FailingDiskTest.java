package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName(
        "A training whose run folder fails it says so, ends with exit code 1, and can go on from its last checkpoint")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class FailingDiskTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeExperiment() throws IOException {
        TinyExperiment.writeForAnyFolder(folder);
    }

    @Test
    @DisplayName("when the disk is full")
    void fullDisk() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                succeeds("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()),
                "only who may mount can have a small disk");
        try {
            try (RunningProgram training = RunningProgram.trainForever(folder, "disk/run")) {
                fill(disk.resolve("filler"));
                Outcome failed = training.end();
                requireFailure(failed, "error: cannot write disk/run/\\S+: No space left on device");
                String advice = "\nonce it can be written to again, go on with: vae train --resume disk/run\n";
                assertTrue(failed.errors().contains(advice), failed.errors());
            }
            Files.delete(disk.resolve("filler"));
            requireGoesOn("disk/run");
        } finally {
            assertTrue(succeeds("umount", disk.toString()));
        }
    }

    @Test
    @DisplayName("when the folder of the checkpoints becomes read-only")
    void readOnly() throws Exception {
        Path checkpoints = folder.resolve("run/checkpoints");
        try (RunningProgram training = RunningProgram.trainForever(folder, "run")) {
            assumeTrue(
                    succeeds("chattr", "+i", checkpoints.toString()),
                    "not every file system and not everybody can make a folder read-only for everybody");
            try {
                requireFailure(
                        training.end(),
                        "error: cannot write run/checkpoints/(best|last).safetensors: Operation not permitted");
                Outcome resumed = Program.await(Program.prepare(folder, "train", "--resume", "run"));
                requireFailure(
                        resumed,
                        "error: cannot write run/checkpoints/(best|last).safetensors: Operation not permitted");
            } finally {
                assertTrue(succeeds("chattr", "-i", checkpoints.toString()));
            }
        }
        requireGoesOn("run");
    }

    @Test
    @DisplayName("when the folder that the run folder should be in is read-only")
    void readOnlyFromTheStart() throws Exception {
        Path parent = Files.createDirectory(folder.resolve("protected"));
        assumeTrue(
                succeeds("chattr", "+i", parent.toString()),
                "not every file system and not everybody can make a folder read-only for everybody");
        try {
            requireFailure(
                    InProcess.in(folder).run("train", "./tiny.json", "--out", "./protected/run"),
                    "error: cannot write to the output folder protected/run: Operation not permitted; name another"
                            + " one");
        } finally {
            assertTrue(succeeds("chattr", "-i", parent.toString()));
        }
        assertEquals(0, parent.toFile().list().length);
    }

    @Test
    @DisplayName("when the folder is renamed or removed, and does not write into another one in its place")
    void removed() throws Exception {
        Path run = folder.resolve("run");
        try (RunningProgram training = RunningProgram.trainForever(folder, "run")) {
            Files.move(run, folder.resolve("renamed"));
            Files.createDirectory(run);
            requireFailure(
                    training.end(),
                    "error: the run folder run was removed, renamed or replaced while its training was running");
        }
        assertEquals(0, run.toFile().list().length);
        requireGoesOn("renamed");
    }

    @Test
    @DisplayName("when the log cannot be written")
    void log() throws Exception {
        InProcess.in(folder).succeed("train", "./tiny.json", "--out", "./run");
        Files.delete(folder.resolve("run/log.txt"));
        Files.createDirectory(folder.resolve("run/log.txt"));
        requireFailure(
                Program.await(Program.prepare(folder, "train", "--resume", "run")),
                "error: cannot write run/log.txt: Is a directory");
        Files.delete(folder.resolve("run/log.txt"));
        requireGoesOn("run");
    }

    private static void requireFailure(Outcome outcome, String lastMessage) {
        assertEquals(1, outcome.exitCode(), outcome.errors());
        String last = outcome.errors().lines().reduce((first, second) -> second).orElse("");
        assertTrue(last.matches(lastMessage), last);
        assertFalse(outcome.errors().contains("\tat "), outcome.errors());
    }

    private void requireGoesOn(String run) throws Exception {
        int recorded =
                Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl")).size();
        InProcess.in(folder).succeed("train", "--resume", "./" + run, "--set", "training.epochs=" + (recorded + 1));
        assertEquals(
                recorded + 1,
                Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl")).size());
    }

    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[1024];
        try (OutputStream stream = Files.newOutputStream(filler)) {
            while (true) {
                stream.write(block);
            }
        } catch (IOException e) {
            // Full.
        }
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        return Program.await(new ProcessBuilder(command)).exitCode() == 0;
    }
}
