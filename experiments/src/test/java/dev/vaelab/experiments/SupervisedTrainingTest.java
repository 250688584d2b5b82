package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher with a {@code java} that takes the class path of the tests for that of the distribution. */
@DisplayName("A training that the launcher started")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class SupervisedTrainingTest {
    private static final int SIGNALS = 128;

    @TempDir
    private Path folder;

    private Path launcher;

    @BeforeEach
    void makeLauncher() throws IOException {
        folder = folder.toRealPath();
        TinyExperiment.write(folder);
        HostileJar.write(folder.resolve("jars"));
        launcher = writeProgram(
                folder.resolve("program/bin/vae"), Files.readString(Path.of("../vae-cli/src/assembly/bin/vae")));
        List<String> command = Program.prepare(folder).command();
        writeProgram(
                folder.resolve("java/bin/java"),
                "#!/usr/bin/env bash\nwhile [ \"$1\" != -cp ]; do options+=(\"$1\"); shift; done\n"
                        + "exec '" + command.get(0) + "' \"${options[@]}\" -cp '"
                        + command.get(command.indexOf("-cp") + 1) + "' \"${@:3}\"\n");
    }

    @Test
    @DisplayName("and native code crashes ends with a line that says so, where the crash log is and how to resume")
    void crash() throws Exception {
        Outcome outcome = Program.await(start("--backend", "crashing", "--out", "run", "--json"));

        assertEquals(SIGNALS + 6, outcome.exitCode(), outcome.errors());
        Path log = crashLog();
        String last = outcome.errors().lines().reduce((earlier, later) -> later).orElseThrow();
        assertTrue(
                last.matches("error: native code crashed the JVM \\(SIG[A-Z]+\\) in .*; its crash log is run/"
                        + log.getFileName() + "; go on with: vae train --resume run"),
                last);
        assertTrue(Files.readString(log).contains("# Problematic frame:"));
        Map<?, ?> answer = JsonText.read(outcome.output(), Map.class);
        assertEquals(last, "error: " + answer.get("error"));
    }

    private Path crashLog() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("run"))) {
            return files.filter(file -> file.getFileName().toString().matches("hs_err_pid\\d+\\.log"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ABRT,6,'native code ended the JVM (SIGABRT), which leaves no crash log'",
        "KILL,9,'the training was killed from outside, as the system does when it is out of memory'"
    })
    @DisplayName("and whose JVM is ended in another way ends with a line that says so and how to resume")
    void ended(String signal, int number, String reason) throws Exception {
        try (RunningProgram training = trainForever()) {
            send(signal, jvm(training));
            Outcome outcome = training.end();
            assertEquals(SIGNALS + number, outcome.exitCode());
            assertTrue(
                    outcome.errors().endsWith("\nerror: " + reason + "; go on with: vae train --resume run"),
                    outcome.errors());
        }
    }

    @ParameterizedTest
    @CsvSource({"INT,2", "TERM,15", "HUP,1", "USR1,15"})
    @DisplayName("ends with its checkpoint by a signal to the launcher, be it Ctrl-C or a batch system's notice")
    void stopped(String signal, int number) throws Exception {
        try (RunningProgram training = trainForever()) {
            assumeTrue(training.heeds(number), "the tests were started with signal " + number + " ignored");
            training.signal(signal);
            Outcome outcome = training.end();
            assertEquals(SIGNALS + number, outcome.exitCode(), outcome.errors());
            assertEquals("stopped; go on with: vae train --resume run", outcome.output());
            assertTrue(Files.exists(folder.resolve("run/checkpoints/last.safetensors")));
            assertEquals(0, Files.size(folder.resolve("run/run.lock")), "the lock was not given back");
        }
    }

    @Test
    @DisplayName("goes on when the JVM alone gets a batch system's notice")
    void notice() throws Exception {
        try (RunningProgram training = trainForever()) {
            send("USR1", jvm(training));
            training.awaitMessage("epoch 30/");
            training.signal("TERM");
            assertEquals(SIGNALS + 15, training.end().exitCode());
        }
    }

    @Test
    @DisplayName("does not outlive a launcher that is killed with -9")
    void killed() throws Exception {
        try (RunningProgram training = trainForever()) {
            ProcessHandle jvm = jvm(training);
            training.signal("KILL");
            jvm.onExit().get(2, TimeUnit.MINUTES);
            assertFalse(jvm.isAlive());
        }
    }

    @Test
    @DisplayName("leaves nothing behind in the folder of temporary files, and ends with the exit code of its own")
    void done() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        ProcessBuilder builder = start("--out", "run", "--json");
        builder.environment().put("TMPDIR", temporary.toString());
        Outcome outcome = Program.await(builder);
        assertEquals(0, outcome.exitCode(), outcome.errors());
        assertEquals(true, outcome.json().get("finished"));
        builder = start("--set", "training.epochs=none", "--out", "other");
        builder.environment().put("TMPDIR", temporary.toString());
        assertEquals(2, Program.await(builder).exitCode());
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.collect(Collectors.toList()));
        }
    }

    private RunningProgram trainForever() throws IOException {
        RunningProgram training = RunningProgram.start(start("--set", "training.epochs=1000000", "--out", "run"));
        training.awaitMessage("epoch 2/");
        return training;
    }

    private ProcessBuilder start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "train", "tiny.json"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        builder.environment().put("VAE_PLUGINS", folder.resolve("jars").toString());
        builder.environment().put("VAE_JAVA_OPTIONS", String.join(" ", Program.shortLivedOptions()));
        return builder;
    }

    /** The one process that the launcher waits for. */
    private static ProcessHandle jvm(RunningProgram training) {
        return ProcessHandle.of(training.id())
                .orElseThrow()
                .children()
                .findFirst()
                .orElseThrow();
    }

    private static void send(String signal, ProcessHandle process) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor());
    }

    private static Path writeProgram(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.createDirectories(path.getParent().resolveSibling("lib"));
        Files.writeString(path, text);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
