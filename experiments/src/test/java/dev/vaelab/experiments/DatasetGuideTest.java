package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows the page as its reader does. */
@DisplayName("docs/datasets.md")
final class DatasetGuideTest {
    private static final Pattern CLASS = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final Pattern COMMANDS = Pattern.compile("\n(    mkdir -p classes.*?)\n\n", Pattern.DOTALL);

    @TempDir
    private Path project;

    @Test
    @DisplayName("leads to a jar in the folder of plug-ins, and a kind of data set that the program lists")
    void kindOfYourOwn() throws Exception {
        String page = Files.readString(Path.of("../docs/datasets.md"));
        Files.createDirectories(project.resolve("example"));
        Files.writeString(project.resolve("example/StripesProvider.java"), first(CLASS, page));
        List<String> commands = first(COMMANDS, page).lines().map(String::strip).toList();
        assertEquals("./vae datasets", commands.get(commands.size() - 1));
        // The class path of this test in the place of a distribution that need not be built yet.
        String script = commands.stream()
                .limit(commands.size() - 1L)
                .map(command -> command.replace("'vae-cli/target/vaelab/lib/*'", "\"$CLASS_PATH\""))
                .collect(Collectors.joining("\n", "set -eu\n", "\n"));
        assertTrue(script.contains("$CLASS_PATH"), script);
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", script).directory(project.toFile());
        Path tools = Path.of(System.getProperty("java.home"), "bin");
        shell.environment().put("PATH", tools + ":" + System.getenv("PATH"));
        shell.environment().put("CLASS_PATH", System.getProperty("java.class.path"));
        Outcome built = Program.await(shell);
        assertEquals(0, built.exitCode(), built.errors());

        Outcome listed = Program.await(Program.withPlugins(project.resolve("plugins"), project, "datasets"));
        assertEquals(0, listed.exitCode(), listed.errors());
        assertTrue(listed.output().contains("stripes"), listed.output());
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertTrue(matcher.find(), () -> "nothing like " + pattern + " on the page");
        return matcher.group(1);
    }
}
