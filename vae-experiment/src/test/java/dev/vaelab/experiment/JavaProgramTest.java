package dev.vaelab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunResult;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A Java program with this library and one backend on its class path")
class JavaProgramTest {
    /** What the library must do without: the command line, pages, and what they are made with. */
    private static final List<String> ABSENT = List.of(
            "vae-cli", "vae-report", "vae-testkit", "picocli", "jline", "jetty", "logback", "protobuf", "xchart");

    /** What the tests bring along. */
    private static final Pattern OF_TESTS = Pattern.compile(".*(test-classes|junit|opentest4j|apiguardian).*");

    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?class (\\w+) \\{.*?)```", Pattern.DOTALL);

    private static final String TINY = """
            name: tiny
            backend: reference
            dataset: {name: mnist, train: 24, validation: 8, test: 8}
            model: {network: mlp, latent: 2, hidden: 4}
            loss: {name: iwae, samples: 2}
            training: {epochs: 1, batchSize: 8}
            """;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("trains from a file and draws, as the README says")
    void trains() throws Exception {
        String classPath = classPath();
        Matcher program = PROGRAM.matcher(Files.readString(Path.of("../README.md")));
        assertTrue(program.find(), "no program in the README");
        Path source = folder.resolve(program.group(2) + ".java");
        Files.writeString(source, program.group(1));
        Files.writeString(folder.resolve("tiny.yaml"), TINY);
        Path classes = folder.resolve("classes");
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-cp", classPath, "-d", classes.toString(), source.toString()));

        String printed = run(classes + File.pathSeparator + classPath, program.group(2), "tiny.yaml", "run");

        RunResult result = RunResult.read(new RunFolder(folder.resolve("run")));
        assertEquals(
                List.of("reconstruction", "kl", "iwae"),
                List.copyOf(result.test().terms().keySet()));
        assertEquals(2, result.epochs());
        assertTrue(printed.contains("epoch 2: " + result.bestValidationLoss()) || result.bestEpoch() == 1, printed);
        // Eight columns of digits that are enlarged threefold.
        assertEquals(
                2 + 8 * (84 + 2),
                ImageIO.read(folder.resolve("samples.png").toFile()).getWidth());
    }

    /** That of this module and its backend for tests, as Maven has resolved it. */
    private static String classPath() {
        List<String> entries = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !OF_TESTS.matcher(entry).matches())
                .toList();
        for (String absent : ABSENT) {
            assertEquals(
                    List.of(),
                    entries.stream()
                            .filter(entry ->
                                    Path.of(entry).getFileName().toString().contains(absent))
                            .toList());
        }
        assertEquals(
                1,
                entries.stream().filter(entry -> entry.contains("vae-backend-")).count(),
                entries::toString);
        return entries.stream().collect(Collectors.joining(File.pathSeparator));
    }

    private String run(String classPath, String... program) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath));
        command.addAll(List.of(program));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exitCode = process.waitFor();
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        assertEquals(0, exitCode, printed);
        return printed;
    }
}
