package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With an {@code mvn} that makes a distribution whose program says that it runs. */
@DisplayName("The launcher of a project that is not built")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class FirstStartTest {
    /** Notes each call with its goals; waits for a file before its program is complete, where it is told to. */
    private static final String MAVEN = """
            #!/usr/bin/env bash
            case $* in *' clean package') rm -rf vae-cli/target; echo clean >>builds ;; *) echo build >>builds ;; esac
            mkdir -p vae-cli/target/vaelab/bin vae-cli/target/vaelab/lib
            echo '#!/bin/sh' >vae-cli/target/vaelab/bin/vae
            echo 'cat "$(dirname "$0")/../lib/all"' >>vae-cli/target/vaelab/bin/vae
            chmod +x vae-cli/target/vaelab/bin/vae
            if [ -p gate ]; then echo begun >&2; read -r _ <gate; fi
            if [ -e broken ]; then exit 1; fi
            echo runs >vae-cli/target/vaelab/lib/all
            """;

    @TempDir
    private Path project;

    @BeforeEach
    void write() throws IOException {
        project = project.toRealPath();
        writeProgram("vae", Files.readString(Path.of("../vae")));
        writeProgram("tools/mvn", MAVEN);
        Files.createDirectories(project.resolve("vae-cli/src/main"));
        Files.createDirectories(project.resolve("vae-cli/src/assembly"));
        Files.createFile(project.resolve("pom.xml"));
        Files.createFile(project.resolve("vae-cli/pom.xml"));
    }

    @Test
    @DisplayName("builds once for two that start at the same time, and runs only what is complete")
    void together() throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", project.resolve("gate").toString())
                        .start()
                        .waitFor());
        try (RunningProgram first = RunningProgram.start(vae());
                RunningProgram second = RunningProgram.start(vae())) {
            // Whichever builds has begun: the other one either waits already or will find that it has to.
            Files.writeString(project.resolve("gate"), "go\n");
            Outcome one = first.end();
            Outcome other = second.end();
            assertEquals("runs", one.output(), one.errors());
            assertEquals("runs", other.output(), other.errors());
        }
        assertEquals("build\n", Files.readString(project.resolve("builds")));
    }

    @Test
    @DisplayName("does not run what a build has left that was killed, and builds it from the beginning")
    void killed() throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", project.resolve("gate").toString())
                        .start()
                        .waitFor());
        try (RunningProgram killed = RunningProgram.start(vae())) {
            killed.awaitMessage("begun");
            ProcessHandle launcher = ProcessHandle.of(killed.id()).orElseThrow();
            ProcessHandle maven = launcher.children().findFirst().orElseThrow();
            launcher.destroyForcibly();
            maven.destroyForcibly();
            maven.onExit().get(1, TimeUnit.MINUTES);
            killed.end();
        }
        Files.delete(project.resolve("gate"));
        Outcome outcome = Program.await(vae());
        assertEquals("runs", outcome.output(), outcome.errors());
        assertEquals("build\nclean\n", Files.readString(project.resolve("builds")));
    }

    @Test
    @DisplayName("says of a build that failed that it did, and tries again")
    void failed() throws Exception {
        Files.createFile(project.resolve("broken"));
        Outcome outcome = Program.await(vae());
        assertEquals(1, outcome.exitCode());
        assertTrue(outcome.errors().endsWith("error: the build failed; its messages are above"), outcome.errors());
        Files.delete(project.resolve("broken"));
        assertEquals("runs", Program.await(vae()).output());
        assertEquals("build\nbuild\n", Files.readString(project.resolve("builds")));
    }

    @Test
    @DisplayName("does not build again what is built, until a source is newer")
    void built() throws Exception {
        Program.await(vae());
        assertEquals("", Program.await(vae()).errors());
        Path source = Files.createFile(project.resolve("vae-cli/src/main/Any.java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertEquals("runs", Program.await(vae()).output());
        assertEquals("build\nbuild\n", Files.readString(project.resolve("builds")));
    }

    @Test
    @DisplayName("runs in a folder that cannot be written to what is built, though sources are newer, and says so")
    void readOnly() throws Exception {
        assertEquals("runs", Program.await(vae()).output());
        Path source = Files.createFile(project.resolve("vae-cli/src/main/Any.java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        Outcome outcome = Program.await(readOnlyVae());
        assertEquals(
                new Outcome(
                        0,
                        "runs",
                        "warning: sources are newer than what is built, and " + project
                                + " cannot be written to: what is built runs"),
                outcome);
    }

    @Test
    @DisplayName("says in a folder that cannot be written to, and where nothing is built, what to do")
    void readOnlyAndNothingBuilt() throws Exception {
        assertEquals(
                new Outcome(
                        1,
                        "",
                        "error: nothing is built yet in " + project
                                + ", and it cannot be written to; build once where it can, with ./vae --version, or copy"
                                + " the project to a folder of your own"),
                Program.await(readOnlyVae()));
    }

    private ProcessBuilder vae() {
        return environment(new ProcessBuilder(project.resolve("vae").toString()));
    }

    /** As somebody whom the folders' permissions bind. */
    private ProcessBuilder readOnlyVae() throws Exception {
        return environment(OrdinaryUser.run(project, project.resolve("vae").toString()));
    }

    private ProcessBuilder environment(ProcessBuilder builder) {
        builder.environment().merge("PATH", project.resolve("tools") + ":", (path, tools) -> tools + path);
        builder.environment().put("VAE_PLUGINS", "");
        return builder.directory(project.toFile());
    }

    private void writeProgram(String name, String text) throws IOException {
        Path path = project.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
