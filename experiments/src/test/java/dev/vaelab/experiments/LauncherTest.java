package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a {@code java} that prints what it is given, OpenBLAS' kind of processor first, in the place of Java. */
@DisplayName("The launcher")
final class LauncherTest {
    private static final String ECHO = "#!/bin/sh\nprintf '%s\\n' \"${OPENBLAS_CORETYPE-}\" \"$@\"\n";

    @TempDir
    private Path project;

    private Path distribution;

    @BeforeEach
    void build() throws IOException {
        project = project.toRealPath();
        distribution = project.resolve("vae-cli/target/vaelab");
        copyProgram(Path.of("../vae"), project.resolve("vae"));
        Files.createDirectories(project.resolve("vae-cli/src/main"));
        Files.createFile(project.resolve("pom.xml"));
        Files.createFile(project.resolve("vae-cli/pom.xml"));
        copyProgram(Path.of("../vae-cli/src/assembly/bin/vae"), project.resolve("vae-cli/src/assembly/bin/vae"));
        copyProgram(Path.of("../vae-cli/src/assembly/bin/vae"), distribution.resolve("bin/vae"));
        writeProgram(project.resolve("java/bin/java"), ECHO);
        // Made last, and so newer than all sources: there is nothing to build.
        Files.createDirectories(distribution.resolve("lib"));
    }

    @Test
    @DisplayName("puts nothing but the program on the class path if there is no plug-in folder")
    void none() throws Exception {
        assertEquals(distribution + "/lib/*", classPath(start("backends")));
    }

    @Test
    @DisplayName("finds jars in the folder plugins beside lib")
    void besideLib() throws Exception {
        Files.createDirectory(distribution.resolve("plugins"));
        Outcome outcome = run(distribution.resolve("bin/vae"), "unset VAE_PLUGINS", "backends");
        assertEquals(distribution + "/lib/*:" + distribution + "/plugins/*", classPath(outcome));
    }

    @Test
    @DisplayName("finds jars in the folder plugins of the project")
    void ofProject() throws Exception {
        Files.createDirectory(project.resolve("plugins"));
        assertEquals(distribution + "/lib/*:" + project + "/plugins/*", classPath(start("backends")));
    }

    @Test
    @DisplayName("takes the folders of VAE_PLUGINS instead, and none if it is empty")
    void environment() throws Exception {
        Files.createDirectory(project.resolve("plugins"));
        Files.createDirectory(project.resolve("one"));
        Files.createDirectory(project.resolve("the other"));
        Path vae = project.resolve("vae");
        assertEquals(
                distribution + "/lib/*:one/*:the other/*",
                classPath(run(vae, "export VAE_PLUGINS='one:the other'", "backends")));
        assertEquals(distribution + "/lib/*", classPath(run(vae, "export VAE_PLUGINS=", "backends")));
    }

    @Test
    @DisplayName("takes those of --plugins instead of both, and hands the rest of the command on as it is")
    void option() throws Exception {
        Files.createDirectory(project.resolve("plugins"));
        Files.createDirectory(project.resolve("one"));
        Files.createDirectory(project.resolve("two"));
        Outcome outcome = run(
                project.resolve("vae"),
                "export VAE_PLUGINS=nowhere",
                "--plugins one --plugins=two train 'a b.json' --plugins x");
        assertEquals(distribution + "/lib/*:one/*:two/*", classPath(outcome));
        List<String> arguments = arguments(outcome);
        assertEquals(
                List.of("dev.vaelab.cli.Main", "train", "a b.json", "--plugins", "x"),
                arguments.subList(arguments.indexOf("dev.vaelab.cli.Main"), arguments.size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--plugins nowhere backends", "--plugins=nowhere backends"})
    @DisplayName("refuses a folder of --plugins that is not there")
    void missingFolder(String command) throws Exception {
        assertEquals(
                new Outcome(2, "", "error: --plugins: found no folder nowhere, expected folders of jars"),
                start(command));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--plugins", "--plugins=", "--plugins ''"})
    @DisplayName("refuses --plugins without a folder")
    void noFolder(String command) throws Exception {
        assertEquals(new Outcome(2, "", "error: --plugins: found nothing, expected a folder of jars"), start(command));
    }

    @Test
    @DisplayName("refuses a folder of VAE_PLUGINS that is not there")
    void missingFolderOfEnvironment() throws Exception {
        assertEquals(
                new Outcome(2, "", "error: VAE_PLUGINS: found no folder nowhere, expected folders of jars"),
                run(project.resolve("vae"), "export VAE_PLUGINS=nowhere", "backends"));
    }

    @Test
    @DisplayName("names OpenBLAS a processor that it knows and whose instructions this one has")
    void core() throws Exception {
        assertEquals(
                expectedCore(),
                coreType(run(project.resolve("vae"), "unset VAE_PLUGINS OPENBLAS_CORETYPE", "backends")));
    }

    @Test
    @DisplayName("leaves OpenBLAS the processor that the environment names")
    void coreOfEnvironment() throws Exception {
        assertEquals("Zen", coreType(run(project.resolve("vae"), "export OPENBLAS_CORETYPE=Zen", "backends")));
    }

    private static String expectedCore() throws IOException {
        Path processors = Path.of("/proc/cpuinfo");
        Set<String> instructions = Files.isReadable(processors)
                ? Files.readAllLines(processors).stream()
                        .filter(line -> line.startsWith("flags"))
                        .findFirst()
                        .map(line -> Set.of(line.replaceFirst("^.*: *", "").split(" ")))
                        .orElse(Set.of())
                : Set.of();
        return instructions.contains("avx2") ? "Haswell" : "";
    }

    private static String coreType(Outcome outcome) {
        return arguments(outcome).get(0);
    }

    private Outcome start(String command) throws Exception {
        return run(project.resolve("vae"), "unset VAE_PLUGINS", command);
    }

    private Outcome run(Path launcher, String preparation, String command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", preparation + "; exec " + launcher + " " + command);
        builder.environment().put("JAVA_HOME", project.resolve("java").toString());
        return Program.await(builder.directory(project.toFile()));
    }

    private static String classPath(Outcome outcome) {
        List<String> arguments = arguments(outcome);
        return arguments.get(arguments.indexOf("-cp") + 1);
    }

    private static List<String> arguments(Outcome outcome) {
        assertEquals(0, outcome.exitCode(), outcome.errors());
        return outcome.output().lines().toList();
    }

    private static void copyProgram(Path from, Path to) throws IOException {
        writeProgram(to, Files.readString(from));
    }

    private static void writeProgram(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
