package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Trainings that are killed with -9 and resumed")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class KillAndResumeTest {
    @TempDir
    private Path folder;

    /** The seeds decide with which phase it begins, so that the engines together see all of them. */
    @ParameterizedTest
    @CsvSource({"reference,3,1", "djl,2,2", "dl4j,2,4"})
    @DisplayName("leave the same files, bit for bit, as one that nobody disturbed, on every engine")
    void identical(String backend, int kills, int seed) throws Exception {
        TinyExperiment.write(folder);
        ProcessBuilder script = new ProcessBuilder(
                "sh",
                Path.of("kill-and-resume.sh").toAbsolutePath().toString(),
                "--backend",
                backend,
                "--kills",
                Integer.toString(kills),
                "--seed",
                Integer.toString(seed),
                "--config",
                "tiny.json",
                "--set",
                "training.epochs=4",
                "--work",
                "work");
        script.environment().put("VAE", launcher().toString());
        Outcome outcome = Program.await(script.directory(folder.toFile()));
        assertEquals(0, outcome.exitCode(), outcome.output() + "\n" + outcome.errors());
        assertTrue(
                outcome.output()
                        .contains("\n" + kills + " of " + kills + " trainings that were killed and resumed are"),
                outcome.output());
    }

    /** The program of the tests in the place of the launcher, which takes a built project. */
    private Path launcher() throws Exception {
        List<String> command = Program.prepare(folder).command();
        String quoted = command.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        Path launcher = Files.writeString(folder.resolve("vae"), "#!/bin/sh\nexec " + quoted + " \"$@\"\n");
        return Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
