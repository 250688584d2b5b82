package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiments.Program.Outcome;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The command line")
final class CommandLineTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "trains, evaluates, generates and reconstructs, and evaluate repeats the test figures of train exactly")
    void wholeWay() throws Exception {
        SmallExperiment.write(folder, "reference");
        Outcome trained = InProcess.in(folder).run("train", "./small.json", "--out", "./run", "--json");
        assertEquals(0, trained.exitCode(), trained.errors());
        assertEquals("run", trained.json().get("run"));
        assertEquals(
                List.of(
                        "checkpoints/best.safetensors",
                        "checkpoints/last.safetensors",
                        "config.json",
                        "dataset.json",
                        "images/epochs/samples-001.png",
                        "images/epochs/samples-002.png",
                        "images/interpolations.png",
                        "images/latent-space.png",
                        "images/reconstructions.png",
                        "images/samples.png",
                        "images/traversals.png",
                        "latent-map.json",
                        "latent-map.png",
                        "latent.json",
                        "log.txt",
                        "metrics.jsonl",
                        "provenance.json",
                        "report.html",
                        "result.json",
                        "run.lock"),
                filesOf(folder.resolve("run")));
        assertEquals(2, Files.readAllLines(folder.resolve("run/metrics.jsonl")).size());
        assertPicture(folder.resolve("run/images/epochs/samples-001.png"), 4, 4);
        assertPicture(folder.resolve("run/images/interpolations.png"), 8, 10);
        assertPicture(folder.resolve("run/images/traversals.png"), 3, 11);

        Outcome evaluated = InProcess.in(folder).run("evaluate", "./run", "--json");
        Map<String, Object> figures = evaluated.json();
        Map<?, ?> test = (Map<?, ?>) trained.json().get("test");
        for (String key : List.of("reconstruction", "kl", "total")) {
            assertEquals(test.get(key), figures.get(key), key);
        }
        Outcome fromFile = InProcess.in(folder)
                .run(
                        "evaluate",
                        "--config",
                        "./small.json",
                        "--weights",
                        "./run/checkpoints/best.safetensors",
                        "--json");
        assertEquals(figures.get("total"), fromFile.json().get("total"));

        Outcome generated =
                InProcess.in(folder).run("generate", "./run", "--count", "6", "--image", "./six.png", "--json");
        assertEquals(0, generated.exitCode(), generated.errors());
        assertPicture(folder.resolve("six.png"), 2, 3);
        Outcome reconstructed =
                InProcess.in(folder).run("reconstruct", "./run", "--count", "4", "--image", "./four.png", "--json");
        assertEquals(0, reconstructed.exitCode(), reconstructed.errors());
        assertPicture(folder.resolve("four.png"), 2, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dl4j", "djl", "reference"})
    @DisplayName("gives the same metrics and the same weights, bit for bit, in another process on the same engine")
    void repeats(String backend) throws Exception {
        SmallExperiment.write(folder, backend);
        InProcess.in(folder).succeed("train", "./small.json", "--out", "./one");
        Outcome other = Program.run(folder, "train", "small.json", "--out", "two");
        assertEquals(0, other.exitCode(), other.errors());
        for (String file : List.of("checkpoints/best.safetensors", "checkpoints/last.safetensors", "result.json")) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("one").resolve(file)),
                    Files.readAllBytes(folder.resolve("two").resolve(file)),
                    file);
        }
        assertEquals(figuresOf("one"), figuresOf("two"));
    }

    @Test
    @DisplayName("swaps the engine by one word: the other engine sees the same data and comes to the same first epoch")
    void swapsTheEngine() throws Exception {
        SmallExperiment.write(folder, "dl4j");
        assertEquals(
                0,
                InProcess.in(folder)
                        .run("train", "./small.json", "--out", "./dl4j")
                        .exitCode());
        assertEquals(
                0,
                InProcess.in(folder)
                        .run("train", "./small.json", "--backend", "djl", "--out", "./djl")
                        .exitCode());
        String dl4j = Files.readString(folder.resolve("dl4j/config.json"));
        String djl = Files.readString(folder.resolve("djl/config.json"));
        assertEquals(dl4j, djl.replace("\"djl\"", "\"dl4j\""));
        double one = trainingTotal("dl4j");
        double other = trainingTotal("djl");
        assertEquals(one, other, one * 1e-4, "mean training loss of the first epoch");
    }

    @Test
    @DisplayName("evaluates the weights of one engine on the other: KL within 1e-4, reconstruction within 1e-3 nats")
    void exchangesWeights() throws Exception {
        SmallExperiment.write(folder, "dl4j");
        assertEquals(
                0,
                InProcess.in(folder)
                        .run("train", "./small.json", "--out", "./run")
                        .exitCode());
        Map<String, Object> own =
                InProcess.in(folder).run("evaluate", "./run", "--json").json();
        for (String other : List.of("djl", "reference")) {
            Map<String, Object> found = InProcess.in(folder)
                    .run("evaluate", "./run", "--backend", other, "--json")
                    .json();
            assertEquals(other, found.get("backend"));
            assertEquals((double) own.get("kl"), (double) found.get("kl"), 1e-4, other);
            assertEquals((double) own.get("reconstruction"), (double) found.get("reconstruction"), 1e-3, other);
        }
    }

    @Test
    @DisplayName("tells of each epoch in a line, draws a bar where it is asked to, and says nothing when quiet")
    void progress() throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
        Outcome plain = InProcess.in(folder).run("train", "./tiny.json", "--out", "./plain");
        assertEquals(3, plain.errors().lines().count(), plain.errors());
        assertTrue(
                plain.errors()
                        .matches(
                                "(?s)tiny: 40 images to train on.*\\Repoch 1/2  train .* images/s.*\\Repoch 2/2  train .*"),
                plain.errors());
        Outcome bar = InProcess.in(folder).run("train", "./tiny.json", "--progress=BAR", "--out", "./bar");
        assertTrue(
                bar.errors().matches("(?s).*\repoch 1/2 100% \\[=+] \\d+ images/s  reconstruction .* left.*"),
                bar.errors());
        for (String quiet : List.of("--quiet", "-q", "--progress=quiet")) {
            Outcome outcome = InProcess.in(folder).run("train", "./tiny.json", quiet, "--out", "./run" + quiet);
            assertEquals("", outcome.errors());
            assertTrue(outcome.output().contains("run folder: run" + quiet), outcome.output());
        }
    }

    @Test
    @DisplayName("prints help without loading an engine, and names every command")
    void help() throws Exception {
        Outcome help = Program.run(folder, "--help");
        assertEquals(0, help.exitCode());
        for (String command : List.of(
                "train",
                "evaluate",
                "generate",
                "reconstruct",
                "report",
                "explore",
                "encode",
                "decode",
                "score",
                "export",
                "compare",
                "sweep",
                "bench",
                "parity",
                "runs",
                "diff",
                "backends",
                "datasets",
                "validate",
                "schema",
                "completion")) {
            assertTrue(help.output().contains("\n  " + command + " "), command);
        }
        assertFalse(help.output().contains("measure "), help.output());
        assertFalse(help.errors().contains("nd4j"), help.errors());
    }

    @Test
    @DisplayName("lists engines and data sets, for people and for scripts")
    void lists() throws Exception {
        Outcome backends = InProcess.in(folder).run("backends", "--json");
        List<?> entries = (List<?>) backends.json().get("backends");
        assertTrue(
                entries.stream()
                        .map(entry -> ((Map<?, ?>) entry).get("name"))
                        .toList()
                        .containsAll(List.of("djl", "dl4j", "reference")),
                backends.output());
        assertTrue(InProcess.in(folder).run("datasets").output().contains("mnist"));
    }

    private double trainingTotal(String run) throws IOException {
        String first =
                Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl")).get(0);
        Map<?, ?> metrics = JsonText.read(first, Map.class);
        return (double) ((Map<?, ?>) metrics.get("training")).get("total");
    }

    /** Metrics without what depends on the clock and the system. */
    private List<String> figuresOf(String run) throws IOException {
        return Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl")).stream()
                .map(line -> line.replaceAll(
                        ",\"(trainingSeconds|validationSeconds|imagesPerSecond|residentBytes)\":[^,}]*", ""))
                .toList();
    }

    private static List<String> filesOf(Path run) throws IOException {
        try (Stream<Path> files = Files.walk(run)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> run.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static void assertPicture(Path file, int rows, int columns) throws IOException {
        BufferedImage picture = ImageIO.read(file.toFile());
        assertNotNull(picture);
        int cell = 84;
        int gap = 2;
        assertEquals(gap + columns * (cell + gap), picture.getWidth());
        assertEquals(gap + rows * (cell + gap), picture.getHeight());
    }
}
