package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunResult;
import dev.vaelab.experiments.Program.Outcome;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows the page as its reader does, with few images and a small model. */
@DisplayName("docs/java.md")
final class JavaGuideTest {
    private static final String SOURCE = "src/main/java/UnusualDigits.java";
    private static final List<String> ENGINES = List.of("reference", "djl", "dl4j");
    private static final int LINES = 30;
    private static final int WIDTH = 120;

    /** What a program must do without: the command line, pages, other engines, and what they are made with. */
    private static final Pattern ABSENT = Pattern.compile(
            "picocli|jetty|tensorflow|jline|progressbar|logback|selenium|protobuf-java|junit|vae-(cli|report|testkit|bom)");

    private static final Pattern FIGURE = Pattern.compile("most unusual: (\\S+) nats");

    @TempDir
    private static Path folder;

    private static GuidePage page;

    @BeforeAll
    static void read() throws IOException {
        page = GuidePage.read("java.md");
    }

    @Test
    @DisplayName("leads to a program that trains, scores and draws from installed artifacts, alike on every engine")
    void runs() throws Exception {
        assumeTrue(LocalRepository.isPackaged(), "jars are made when modules are packaged: mvn verify");
        LocalRepository repository = LocalRepository.create(folder.resolve("repository"));
        repository.installPom("");
        repository.installPom("vae-bom");
        for (String module : List.of("vae-api", "vae-training", "vae-data", "vae-experiment")) {
            repository.installJar(module);
        }
        for (String engine : ENGINES) {
            repository.installJar("vae-backend-" + engine);
        }
        Map<String, Double> figures = new HashMap<>();
        for (String engine : ENGINES) {
            Path project = folder.resolve(engine);
            write(project, engine, repository.version());
            Outcome outcome = Program.await(repository.shell(
                    folder.resolve("programs"), project, page.commandsWith("dependency:build-classpath")));
            String said = engine + ": " + outcome.output() + "\n" + outcome.errors();
            assertEquals(0, outcome.exitCode(), said);
            requireClassPath(project.resolve("target/classpath"), engine, repository);
            assertTrue(outcome.output().contains("epoch 2: "), said);
            Matcher figure = FIGURE.matcher(outcome.output());
            assertTrue(figure.find(), said);
            figures.put(engine, Double.valueOf(figure.group(1)));
            RunResult result = RunResult.read(new RunFolder(project.resolve("digits-run")));
            assertEquals(engine, result.backend());
            requirePictures(project);
        }
        figures.forEach((engine, nats) -> assertEquals(figures.get("reference"), nats, 1e-2, engine));
    }

    /** The reader's files, with another engine in two places, and with less to do. */
    private static void write(Path project, String engine, String version) throws IOException {
        Files.createDirectories(project.resolve(SOURCE).getParent());
        for (Map.Entry<String, String> file : page.files().entrySet()) {
            Files.writeString(project.resolve(file.getKey()), file.getValue());
        }
        Path pom = project.resolve("pom.xml");
        Path experiment = project.resolve("digits.yaml");
        GuidePage.replaceOnce(pom, "vae-backend-djl", "vae-backend-" + engine);
        Files.writeString(
                pom,
                Files.readString(pom)
                        .replaceAll(
                                "<vaelab.version>.*?<", "<vaelab.version>" + Matcher.quoteReplacement(version) + "<"));
        GuidePage.replaceOnce(experiment, "backend: djl", "backend: " + engine);
        GuidePage.replaceOnce(experiment, "train: 10000", "train: 40, validation: 20, test: 20");
        GuidePage.replaceOnce(experiment, "channels: [32, 64], hidden: 256", "channels: [2, 4], hidden: 8");
    }

    private static void requireClassPath(Path file, String engine, LocalRepository repository) throws IOException {
        List<String> entries = List.of(Files.readString(file).split(":"));
        assertEquals(
                List.of(),
                entries.stream()
                        .filter(entry -> ABSENT.matcher(
                                        Path.of(entry).getFileName().toString())
                                .find())
                        .toList());
        assertEquals(
                List.of("vae-api", "vae-backend-" + engine, "vae-data", "vae-experiment", "vae-training"),
                entries.stream()
                        .filter(entry -> entry.startsWith(repository.modules().toString()))
                        .map(entry -> Path.of(entry)
                                .getParent()
                                .getParent()
                                .getFileName()
                                .toString())
                        .sorted()
                        .toList());
    }

    /** Ten of the digits in rows of five and 64 new ones in rows of eight, all of them enlarged threefold. */
    private static void requirePictures(Path project) throws IOException {
        int cell = 3 * 28 + 2;
        BufferedImage unusual = ImageIO.read(project.resolve("unusual.png").toFile());
        assertEquals(2 + 5 * cell, unusual.getWidth());
        assertEquals(2 + 2 * cell, unusual.getHeight());
        BufferedImage drawn = ImageIO.read(project.resolve("new.png").toFile());
        assertEquals(2 + 8 * cell, drawn.getWidth());
        assertEquals(2 + 8 * cell, drawn.getHeight());
    }

    @Test
    @DisplayName("has a program of at most 30 lines below its imports, none of them crammed")
    void lines() {
        List<String> program = page.files().get(SOURCE).lines().toList();
        long lines = program.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("import "))
                .count();
        assertTrue(lines <= LINES, lines + " lines");
        int longest = program.stream().mapToInt(String::length).max().orElseThrow();
        assertTrue(longest <= WIDTH, longest + " characters in a line");
    }

    @Test
    @DisplayName("asks Maven for this version, and for the plug-ins that build this project")
    void versions() throws IOException {
        page.requireVersions();
    }

    @Test
    @DisplayName("names every public method of the package that it is about")
    void methods() throws ReflectiveOperationException {
        for (String type : List.of("Experiment", "TrainedModel", "Images")) {
            for (var method : Class.forName("dev.vaelab.experiment." + type).getMethods()) {
                if (method.getDeclaringClass() != Object.class) {
                    assertTrue(
                            Pattern.compile("[`. ]" + method.getName() + "\\(")
                                    .matcher(page.text())
                                    .find(),
                            () -> type + "." + method.getName() + " is not on the page");
                }
            }
        }
    }
}
