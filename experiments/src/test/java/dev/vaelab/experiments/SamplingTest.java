package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("Sampling after the fact")
final class SamplingTest {
    private static final String MIXTURE = "run/gmm-3.json";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void train() throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
        Files.write(folder.resolve("images/train-labels-idx1-ubyte"), labels());
        InProcess.in(folder).succeed("train", "./tiny.json", "--out", "./run");
        InProcess.in(folder).succeed("train", "./tiny.json", "--out", "./point", "--set", "sampler.name=deterministic");
    }

    /** Two classes, so that there is something to classify. */
    private static byte[] labels() throws IOException {
        byte[] labels = Files.readAllBytes(folder.resolve("images/train-labels-idx1-ubyte"));
        for (int label = 8; label < labels.length; label += 2) {
            labels[label] = 1;
        }
        return labels;
    }

    @AfterEach
    void forget() throws IOException {
        for (String run : List.of("run", "point")) {
            try (Stream<Path> files = Files.walk(folder.resolve(run))) {
                for (Path file : files.filter(Files::isRegularFile)
                        .filter(file -> file.getFileName().toString().matches("(gmm|quality)-.*"))
                        .toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    @DisplayName(
            "fits a mixture to the latents of the training images, keeps it in the run, and needs no images the second time")
    void kept() throws Exception {
        succeed("generate", "./run", "--image", "./prior.png", "--seed", "1");
        succeed("generate", "./run", "--prior", "model", "--image", "./model.png", "--seed", "1");
        assertArrayEquals(bytes("prior.png"), bytes("model.png"));
        Outcome first = succeed(
                "generate", "./run", "--prior", "gmm", "--components", "3", "--image", "./gmm.png", "--seed", "1");
        assertEquals("picture: gmm.png", first.output());
        assertFalse(Arrays.equals(bytes("prior.png"), bytes("gmm.png")));
        byte[] mixture = bytes(MIXTURE);
        Path images = folder.resolve("images");
        Path elsewhere = folder.resolve("elsewhere");
        Files.move(images, elsewhere);
        try {
            succeed(
                    "generate",
                    "./run",
                    "--prior",
                    "gmm",
                    "--components",
                    "3",
                    "--image",
                    "./again.png",
                    "--seed",
                    "1");
            Outcome other = InProcess.in(folder)
                    .run("generate", "./run", "--prior", "gmm", "--components", "2", "--image", "./x.png");
            assertEquals(2, other.exitCode(), other.errors());
            assertTrue(other.errors().contains("dataset.path"), other.errors());
        } finally {
            Files.move(elsewhere, images);
        }
        assertArrayEquals(bytes("gmm.png"), bytes("again.png"));
        assertArrayEquals(mixture, bytes(MIXTURE));
        Files.delete(folder.resolve(MIXTURE));
        succeed("generate", "./run", "--prior", "gmm", "--components", "3", "--image", "./again.png", "--seed", "1");
        assertArrayEquals(mixture, bytes(MIXTURE), "the fit follows from the seed");
    }

    @Test
    @DisplayName("fits anew once the best weights are others, and says so of a file that is damaged")
    void refitted() throws Exception {
        String[] command = {
            "generate", "./run", "--prior", "gmm", "--components", "3", "--image", "./gmm.png", "--seed", "1"
        };
        succeed(command);
        byte[] mixture = bytes(MIXTURE);
        Path best = folder.resolve("run/checkpoints/best.safetensors");
        byte[] weights = Files.readAllBytes(best);
        try {
            Files.copy(folder.resolve("point/checkpoints/best.safetensors"), best, StandardCopyOption.REPLACE_EXISTING);
            succeed(command);
            assertFalse(Arrays.equals(mixture, bytes(MIXTURE)));
        } finally {
            Files.write(best, weights);
        }
        Files.writeString(
                folder.resolve(MIXTURE),
                Files.readString(folder.resolve(MIXTURE)).replaceFirst("\"weight\" : [0-9.E-]+", "\"weight\" : 7"));
        Outcome outcome = InProcess.in(folder).run(command);
        assertEquals(2, outcome.exitCode());
        assertTrue(outcome.errors().startsWith("error: " + MIXTURE + ": found"), outcome.errors());
        assertTrue(outcome.errors().contains("weights that add up to"), outcome.errors());
    }

    @Test
    @DisplayName("takes means for latents if asked, which are the same where the sampler does not draw")
    void means() throws Exception {
        for (String run : List.of("./run", "./point")) {
            succeed("generate", run, "--prior", "gmm", "--components", "3", "--image", "./x.png", "--seed", "1");
            succeed(
                    "generate",
                    run,
                    "--prior",
                    "gmm",
                    "--components",
                    "3",
                    "--latents",
                    "means",
                    "--image",
                    "./y.png",
                    "--seed",
                    "1");
            assertEquals(run.equals("./point"), Arrays.equals(bytes("x.png"), bytes("y.png")), run);
        }
        assertTrue(Files.exists(folder.resolve("run/gmm-3-means.json")));
    }

    @Test
    @DisplayName("is measured against images, beside other images in the place of the samples, and kept under a stamp")
    void measured() throws Exception {
        JsonNode model = json("./point");
        JsonNode gmm = json("./point", "--prior", "gmm", "--components", "3");
        assertEquals("model", model.get("source").get("prior").asString());
        assertNull(model.get("source").get("mixture"));
        assertEquals(3, gmm.get("source").get("mixture").get("components").asInt());
        assertEquals(model.get("conditions"), gmm.get("conditions"));
        assertTrue(
                model.get("conditions")
                        .asString()
                        .matches(
                                "8 samples against as many test images of idx \\([0-9a-f]{8}\\), by 128 features of a small"
                                        + " classifier of 2000 steps, k 5"),
                model.get("conditions").asString());
        assertEquals(model.get("floor"), gmm.get("floor"));
        assertEquals("validation", model.get("floor").get("split").asString());
        for (JsonNode figures : List.of(model, gmm)) {
            JsonNode quality = figures.get("quality");
            assertTrue(quality.get("frechetDistance").asDouble() > 0);
            for (String share : List.of("precision", "recall", "coverage")) {
                assertTrue(
                        quality.get(share).asDouble() >= 0 && quality.get(share).asDouble() <= 1, share);
            }
        }
        assertEquals(model, json("./point"));
        JsonNode pixels = json("./point", "--features", "pixels", "--images", "6");
        assertTrue(pixels.get("conditions").asString().endsWith("by 64 pixels, k 5"));
        List<String> lines = succeed("evaluate", "./point", "--sample-quality", "--prior", "gmm", "--components", "3")
                .output()
                .lines()
                .toList();
        assertEquals(3, lines.size());
        String figures =
                "Fréchet distance \\d+\\.\\d{3}, precision \\d\\.\\d{3}, recall \\d\\.\\d{3}, density \\d\\.\\d{3}, coverage"
                        + " \\d\\.\\d{3}";
        assertTrue(
                lines.get(1)
                        .matches("samples, prior gmm of 3 \\(latents: sampled\\): " + figures
                                + " \\(.*\\); the classifier is" + " right of \\d+\\.\\d %"),
                lines.get(1));
        assertTrue(lines.get(2).matches("validation images in their place: " + figures), lines.get(2));
        try (Stream<Path> files = Files.list(folder.resolve("point/estimates"))) {
            assertEquals(3, files.count());
        }
        String table = succeed("runs", folder.toString()).output();
        assertTrue(
                table.contains("how near samples are to images: "
                        + pixels.get("conditions").asString()),
                table);
        String diff = succeed("diff", "./point", "./point").output().replaceAll("\\s+", " ");
        assertTrue(
                diff.matches(
                        ".* Fréchet distance of 6 samples (\\d+\\.\\d{3}) \\1 \\+0\\.000 against .*, k 5, prior model .*"),
                diff);
        succeed("report", "./point");
        assertTrue(Files.readString(folder.resolve("point/report.html"))
                .contains(pixels.get("conditions").asString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(?s)^(.{200}).* | $1 | found JSON that ends too soon",
                "\"mean\" : \\[ -?[0-9] | \"mean\" : [ 7 | found numbers that do not fit their checksum, expected the mixture"
            })
    @DisplayName("refuses a mixture with other numbers than it was kept with, and says how to be rid of it")
    void damaged(String pattern, String replacement, String found) throws Exception {
        String[] generate = "generate ./run --prior gmm --components 3 --image ./x.png".split(" ");
        succeed(generate);
        Path file = folder.resolve(MIXTURE);
        Files.writeString(file, Files.readString(file).replaceFirst(pattern, replacement));
        Outcome outcome = InProcess.in(folder).run(generate);
        assertEquals(2, outcome.exitCode());
        assertTrue(outcome.errors().startsWith("error: run/gmm-3.json: " + found), outcome.errors());
        assertTrue(outcome.errors().endsWith("; without the file, the mixture is fitted anew"), outcome.errors());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "generate ./run --image ./x.png --prior vamp # Invalid value for option '--prior': expected one of model, gmm but was"
                        + " 'vamp'",
                "generate ./run --image ./x.png --components 3 # --components: found 3 without --prior gmm, expected the option with"
                        + " the mixture that it says something of",
                "generate ./run --image ./x.png --prior gmm --components 0 # --components: found 0, expected a whole number of at"
                        + " least 1",
                "generate ./run --image ./x.png --prior gmm --components 41 # --components: found 41, expected at most as many as"
                        + " training images, which are 40",
                "evaluate ./run --sample-quality --prior gmm --components 41 # --components: found 41, expected at most as many as"
                        + " training images, which are 40",
                "evaluate ./run --prior gmm # --prior: found the option without --sample-quality, expected both, as it says how samples"
                        + " are measured",
                "evaluate ./run --sample-quality --images 5 # --images: found 5, expected a whole number of at least 6",
                "evaluate ./run --sample-quality --images 9 # --images: found 9, expected at most 8, as many as there are test images",
                "evaluate ./run --sample-quality --set dataset.test=4 # --sample-quality: found 4 test images, expected at least 6, to"
                        + " have 5 nearest neighbours"
            })
    @DisplayName("refuses what makes no sense, with a reason")
    void wrong(String command, String reason) {
        Outcome outcome = InProcess.in(folder).run(command.split(" "));
        // Of a value that is none the second line says where to read on.
        String first = outcome.errors().lines().findFirst().orElse("");
        assertEquals(new Outcome(2, "", "error: " + reason), new Outcome(outcome.exitCode(), outcome.output(), first));
    }

    @Test
    @DisplayName("needs labels for a classifier, and says what does not")
    void unlabelled() throws Exception {
        Path labels = folder.resolve("images/train-labels-idx1-ubyte");
        byte[] before = Files.readAllBytes(labels);
        byte[] equal = before.clone();
        Arrays.fill(equal, 8, equal.length, (byte) 0);
        Files.write(labels, equal);
        try {
            Outcome outcome = InProcess.in(folder).run("evaluate", "./run", "--sample-quality");
            assertEquals(2, outcome.exitCode());
            assertEquals("", outcome.output());
            assertEquals(
                    "error: --features: found classifier, for images that all have the label 0, expected images of different labels,"
                            + " which a classifier learns to tell apart; --features pixels needs no labels",
                    outcome.errors());
        } finally {
            Files.write(labels, before);
        }
    }

    private static JsonNode json(String run, String... options) throws Exception {
        String[] command = Stream.concat(Stream.of("evaluate", run, "--sample-quality", "--json"), Stream.of(options))
                .toArray(String[]::new);
        return JsonMapper.shared().readTree(succeed(command).output()).get("sampleQuality");
    }

    private static Outcome succeed(String... command) {
        return InProcess.in(folder).succeed(command);
    }

    private static byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(folder.resolve(file));
    }
}
