package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("evaluate with --samples, --decompose, --probe and --label-fidelity")
final class EstimatesTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void train() throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
        InProcess.in(folder).succeed("train", "./tiny.json", "--out", "./run");
    }

    @AfterEach
    void forget() throws IOException {
        for (Path file : files()) {
            Files.delete(file);
        }
    }

    @Test
    @DisplayName("prints log p(x) with its errors and its stamp, keeps it, and finds it again")
    void likelihood() throws Exception {
        Outcome first = InProcess.in(folder).succeed("evaluate", "./run", "--samples", "30", "--quiet");
        List<String> lines = first.output().lines().toList();
        assertEquals(2, lines.size(), first.output());
        assertTrue(lines.get(0).contains("total"), first.output());
        assertTrue(
                lines.get(1)
                        .matches(
                                "log p\\(x\\) -\\d+\\.\\d{3}, standard error \\d+\\.\\d{3} over the images and 0\\.\\d{4} over"
                                        + " the samples, elbo -\\d+\\.\\d{3} nats per image \\(bce on idx \\([0-9a-f]{8}\\), 8 test"
                                        + " images, K 30\\); effective samples \\d+\\.\\d of 30"),
                lines.get(1));
        assertEquals(2, files().size());
        JsonNode json = json("--samples", "30");
        JsonNode likelihood = json.get("likelihood");
        assertEquals("test", likelihood.get("stamp").get("split").asString());
        assertEquals(30, likelihood.get("stamp").get("samples").asInt());
        assertTrue(likelihood.get("logLikelihood").asDouble()
                >= likelihood.get("elbo").asDouble());
        // What was there before --samples is there still.
        assertEquals(
                json.get("reconstruction").asDouble() + json.get("kl").asDouble(),
                json.get("total").asDouble(),
                1e-6);
    }

    @Test
    @DisplayName("goes on behind the images that are counted, to the same digits")
    void goesOn() throws Exception {
        String whole = json("--samples", "30").get("likelihood").toString();
        Path finished = file(".json");
        Path images = file(".images.json");
        Files.delete(finished);
        ObjectNode kept = (ObjectNode) JSON.readTree(Files.readString(images));
        for (String values : List.of("logLikelihood", "elbo", "variance", "effectiveSamples")) {
            ArrayNode array = (ArrayNode) kept.get(values);
            while (array.size() > 3) {
                array.remove(3);
            }
        }
        Files.writeString(images, kept.toString());
        Outcome outcome = InProcess.in(folder).succeed("evaluate", "./run", "--samples", "30", "--json");
        assertTrue(outcome.errors().startsWith("goes on behind 3 of 8 images"), outcome.errors());
        assertEquals(whole, JSON.readTree(outcome.output()).get("likelihood").toString());
        assertTrue(Files.exists(finished));
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    @DisplayName("on another engine gives the same within a thousandth of a nat, under a stamp of its own")
    void engines(String backend) throws Exception {
        double reference =
                json("--samples", "30").get("likelihood").get("logLikelihood").asDouble();
        JsonNode other = json("--samples", "30", "--backend", backend).get("likelihood");
        assertEquals(reference, other.get("logLikelihood").asDouble(), 1e-3);
        assertEquals(backend, other.get("stamp").get("backend").asString());
    }

    @Test
    @DisplayName("tells where the KL goes, in parts that add up")
    void decomposition() throws Exception {
        JsonNode found = json("--decompose").get("decomposition");
        JsonNode parts = found.get("parts");
        assertEquals(value(parts, "kl"), value(parts, "mutualInformation") + value(parts, "aggregateKl"), 1e-6);
        assertEquals(
                value(parts, "aggregateKl"), value(parts, "totalCorrelation") + value(parts, "dimensionwiseKl"), 1e-6);
        assertEquals(Math.log(8), parts.get("mostInformation").asDouble(), 1e-9);
        Outcome again = InProcess.in(folder).succeed("evaluate", "./run", "--decompose");
        List<String> lines = again.output().lines().toList();
        assertTrue(lines.get(1).endsWith("nats per image (bce on idx (" + data(found) + "), 8 test images, M 2000)"));
        assertTrue(lines.get(2).endsWith("of 2"), again.output());
        assertEquals(1, files().size());
    }

    @Test
    @DisplayName("tells how well labels are told from latents, keeps it, and finds it again")
    void probe() throws Exception {
        // Four images in turn; labels change nothing in a model that has never seen them.
        String labelled = "dataset.path=" + labelled();
        JsonNode found = json("--probe", "--set", labelled).get("probe");
        assertEquals(40, found.get("stamp").get("samples").asInt());
        JsonNode accuracies = found.get("accuracies");
        assertEquals(1.0, accuracies.get("neighbours").get("value").asDouble());
        assertEquals(0.0, accuracies.get("neighbours").get("standardError").asDouble());
        assertEquals(8, accuracies.get("linear").get("count").asInt());
        assertEquals(0.5, accuracies.get("mostFrequent").get("value").asDouble());
        Path kept = file(".json");
        Files.writeString(kept, Files.readString(kept).replaceFirst("\"correct\" *: *\\d", "\"correct\" : 3"));
        Outcome again = InProcess.in(folder).succeed("evaluate", "./run", "--probe", "--set", labelled);
        String line = again.output().lines().toList().get(1);
        assertTrue(
                line.matches(
                        "labels told from latents: linear probe 0\\.3750 \\+- 0\\.1712, 10 nearest neighbours 1\\.0000 \\+-"
                                + " 0\\.0000; the most frequent of 2 labels 0\\.5000 \\+- 0\\.1768 \\(bce on idx \\([0-9a-f]{8}\\), 8 test"
                                + " images, N 40\\)"),
                line);
        String runs = InProcess.in(folder).succeed("runs", folder.toString()).output();
        assertTrue(runs.contains("labels told from latents, under bce on idx"), runs);
    }

    @Test
    @DisplayName(
            "asks what images made of labels are taken for, keeps the answer, and probes no encoder that is told the label")
    void labelFidelity() throws Exception {
        String labelled = "dataset.path=" + labelled();
        InProcess.Workplace place = InProcess.in(folder);
        place.succeed(
                "train", "./tiny.json", "--out", "./conditional", "--set", "model.condition=label", "--set", labelled);
        JsonNode found = JSON.readTree(
                        place.succeed("evaluate", "./conditional", "--label-fidelity", "20", "--json", "--quiet")
                                .output())
                .get("labelFidelity");
        assertEquals(20, found.get("stamp").get("samples").asInt());
        JsonNode fidelity = found.get("fidelity");
        assertEquals(20, fidelity.get("generated").get("count").asInt());
        assertEquals(1.0, fidelity.get("real").get("value").asDouble());
        assertEquals(8, fidelity.get("real").get("count").asInt());
        assertEquals(2, fidelity.get("labels").size());
        assertEquals(
                10, fidelity.get("labels").get(1).get("accuracy").get("count").asInt());
        String line = place.succeed("evaluate", "./conditional", "--label-fidelity", "20")
                .output()
                .lines()
                .toList()
                .get(1);
        assertTrue(
                line.matches("labels told from images made of them, by 10 nearest training images: [01]\\.\\d{4} \\+-"
                        + " 0\\.\\d{4}; from real images 1\\.0000 \\+- 0\\.0000 \\(.*, 8 test images, G 20\\)"),
                line);
        try (Stream<Path> kept = Files.list(folder.resolve("conditional/estimates"))) {
            assertEquals(1, kept.count());
        }
        String value = String.format(
                Locale.ROOT, "%.4f", fidelity.get("generated").get("value").asDouble());
        String diff = place.succeed("diff", "./conditional", "./conditional").output();
        assertTrue(
                diff.replaceAll("\\s+", " ")
                        .contains("labels told from images made of them " + value + " " + value + " +0.0000"),
                diff);
        Outcome probed = place.run("evaluate", "./conditional", "--probe");
        assertEquals(
                new Outcome(
                        2,
                        "",
                        "error: --probe: found a class-conditional model, whose encoder is told the label, expected a model whose"
                                + " latents know of labels what they know of images; --label-fidelity tells whether it heeds"
                                + " labels"),
                probed);
        assertEquals(
                "error: --label-fidelity: found --split train, the images that vote: each would have itself for its nearest"
                        + " neighbour, expected real images that do not vote, to tell what the vote is worth; ask for the test or"
                        + " the validation images",
                place.run("evaluate", "./conditional", "--label-fidelity", "20", "--split", "train")
                        .errors());
    }

    @Test
    @DisplayName("says nats in bits for each dimension where there is a convention, and not where there is none")
    void bits() throws Exception {
        double ofNats = 1 / (64 * Math.log(2));
        JsonNode binary = json("--samples", "5", "--set", "dataset.binarization=threshold");
        assertEquals(
                binary.get("total").asDouble() * ofNats,
                binary.get("bitsPerDimension").asDouble(),
                1e-9);
        JsonNode likelihood = binary.get("likelihood");
        assertEquals(
                -likelihood.get("logLikelihood").asDouble() * ofNats,
                likelihood.get("bitsPerDimension").asDouble(),
                1e-9);
        JsonNode density = json("--set", "loss.reconstruction=mse");
        assertEquals(
                density.get("total").asDouble() * ofNats + 8,
                density.get("bitsPerDimension").asDouble(),
                1e-9);
        String line = InProcess.in(folder)
                .succeed("evaluate", "./run", "--set", "loss.reconstruction=mse")
                .output();
        assertTrue(line.matches(".* nats per image \\(mse \\(variance 0\\.5\\)\\); \\d+\\.\\d{4} bits/dim"), line);
        for (String none : List.of(
                "loss.reconstruction=bce",
                "sampler.name=deterministic,loss.reconstruction=mse",
                "dataset.binarization=threshold,loss.reconstruction=mse")) {
            String[] settings = Stream.of(none.split(","))
                    .flatMap(setting -> Stream.of("--set", setting))
                    .toArray(String[]::new);
            assertFalse(json(settings).has("bitsPerDimension"), none);
        }
        assertFalse(json("--samples", "5").get("likelihood").has("bitsPerDimension"));
    }

    @Test
    @DisplayName(
            "are listed by runs and diff under their stamps: unlike ones in no column together, and none of other weights")
    void listed() throws Exception {
        JsonNode ten = json("--samples", "10").get("likelihood");
        json("--samples", "30");
        json("--samples", "10", "--split", "validation");
        String table = InProcess.in(folder).succeed("runs", folder.toString()).output();
        String title = "log p(x) under bce on idx (" + data(ten) + "), 8 %s images, K %d; by importance sampling,"
                + " nats per image";
        List<String> titles =
                table.lines().filter(line -> line.startsWith("log p(x)")).toList();
        assertEquals(
                List.of(title.formatted("test", 10), title.formatted("test", 30), title.formatted("validation", 10)),
                titles);
        String diff = InProcess.in(folder).succeed("diff", "./run", "./run").output();
        assertEquals(
                3, diff.lines().filter(line -> line.contains("log p(x) under")).count(), diff);

        Path best = folder.resolve("run/checkpoints/best.safetensors");
        byte[] weights = Files.readAllBytes(best);
        try {
            Files.copy(folder.resolve("run/metrics.jsonl"), best, StandardCopyOption.REPLACE_EXISTING);
            assertFalse(InProcess.in(folder)
                    .succeed("runs", folder.toString())
                    .output()
                    .contains("log p(x)"));
        } finally {
            Files.write(best, weights);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "--samples 0 # --samples: found 0, expected a whole number of at least 1",
                "--samples 5 --set sampler.name=deterministic # --samples: found a model with the sampler deterministic, whose"
                        + " latents are not drawn: q(z|x) is a point, expected a sampler that draws from the posterior, whose"
                        + " density weighs the latents; without it, the terms of the loss are what there is",
                "--label-fidelity 0 # --label-fidelity: found 0, expected a whole number of at least 1",
                "--label-fidelity 5 # --label-fidelity: found a model that knows no labels, expected a class-conditional one, which"
                        + " makes images of a label; train one with model.condition label",
                "--probe # --probe: found training images of images that all have one label, expected images with labels of two"
                        + " classes at least; images from a folder are labelled by subfolders, a class each",
                "--probe --split train # --probe: found --split train, the images whose labels the classifiers learn, expected"
                        + " images whose labels they never saw; ask for the test or the validation images",
                "--decompose --set sampler.name=deterministic # --decompose: found a model with the sampler deterministic, whose"
                        + " latents are not drawn: q(z|x) is a point, expected a sampler that draws from the posterior, whose"
                        + " density weighs the latents; without it, the terms of the loss are what there is"
            })
    @DisplayName("that make no sense are refused with a reason")
    void wrong(String options, String reason) {
        Outcome outcome = InProcess.in(folder).run(("evaluate ./run " + options).split(" "));
        assertEquals(new Outcome(2, "", "error: " + reason), outcome);
    }

    @Test
    @DisplayName("say so of values that were damaged since they were kept")
    void damaged() throws Exception {
        json("--samples", "30");
        Path images = file(".images.json");
        Files.writeString(images, Files.readString(images).replace("\"elbo\":[", "\"elbo\":[0,"));
        Outcome outcome = InProcess.in(folder).run("evaluate", "./run", "--samples", "30");
        assertEquals(2, outcome.exitCode());
        assertTrue(outcome.errors().endsWith("without the file, the estimate begins anew"), outcome.errors());
    }

    @Test
    @DisplayName("go on beside a damaged one, of which they say how to be rid of it")
    void damagedBeside() throws Exception {
        json("--decompose");
        Path file = file(".json");
        Files.writeString(file, Files.readString(file).substring(0, 200));
        json("--decompose", "--split", "validation");
        Outcome outcome = InProcess.in(folder).run("evaluate", "./run", "--decompose");
        assertEquals(2, outcome.exitCode());
        assertTrue(
                outcome.errors()
                        .endsWith(
                                "expected JSON as this program writes it; without the file, evaluate estimates anew what"
                                        + " it was to hold"),
                outcome.errors());
    }

    @Test
    @DisplayName("of a run that can be read are shown beside a damaged one, of which there is one warning")
    void shownBeside() throws Exception {
        json("--decompose");
        json("--decompose", "--split", "validation");
        Path file = files().stream()
                .filter(kept -> kept.getFileName().toString().startsWith("decomposition-test"))
                .findFirst()
                .orElseThrow();
        Files.writeString(file, Files.readString(file).substring(0, 200));
        String warning = "warning: run/estimates/" + file.getFileName() + ": found for stamp";
        for (String command : List.of(
                "report ./run", "diff ./run ./run", "runs ./run", "export ./run --format huggingface --out ./hub")) {
            Outcome outcome = InProcess.in(folder).run(command.split(" "));
            assertEquals(0, outcome.exitCode(), outcome.errors());
            assertTrue(outcome.errors().contains(warning), command + ": " + outcome.errors());
        }
        assertTrue(Files.readString(folder.resolve("hub/README.md")).contains("| validation |"));
        assertTrue(Files.readString(folder.resolve("run/report.html")).contains("\"decompositions\":[{"));
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    @DisplayName("end at Ctrl-C behind the images in work, keep what is counted, and say how to go on")
    void stopped() throws Exception {
        try (RunningProgram program = RunningProgram.start(
                Program.prepare(folder, "evaluate", "run", "--samples", "100000", "--progress", "plain"))) {
            assumeTrue(program.heeds(2), "the tests were started with this signal ignored");
            program.awaitMessage("1 of 8 images: log p(x)");
            program.signal("INT");
            Outcome outcome = program.end();
            assertEquals(130, outcome.exitCode());
            assertTrue(
                    outcome.output()
                            .lines()
                            .anyMatch(line ->
                                    line.matches("stopped; [1-8] of 8 images are counted; go on with: vae evaluate"
                                            + " run --samples 100000 --split test")),
                    outcome.output());
            assertTrue(
                    outcome.errors().contains("stopping after the images in work; Ctrl-C again ends at once"),
                    outcome.errors());
        }
        assertTrue(Files.exists(file(".images.json")));
    }

    /** The same images, every other one with another label. */
    private static Path labelled() throws IOException {
        Path labelled = Files.createDirectories(folder.resolve("labelled"));
        try (Stream<Path> files = Files.list(folder.resolve("images"))) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (file.toString().contains("labels")) {
                    for (int label = 8; label < bytes.length; label++) {
                        bytes[label] = (byte) (label % 2);
                    }
                }
                Files.write(labelled.resolve(file.getFileName().toString()), bytes);
            }
        }
        return labelled;
    }

    private static double value(JsonNode parts, String name) {
        return parts.get(name).get("value").asDouble();
    }

    private static String data(JsonNode figures) {
        return figures.get("stamp").get("data").asString();
    }

    private static JsonNode json(String... options) throws IOException {
        String[] command = Stream.concat(Stream.of("evaluate", "./run", "--json", "--quiet"), Stream.of(options))
                .toArray(String[]::new);
        return JSON.readTree(InProcess.in(folder).succeed(command).output());
    }

    /** The only file of an estimate with this ending. */
    private static Path file(String ending) throws IOException {
        return files().stream()
                .filter(file -> file.toString().endsWith(ending)
                        && (ending.contains("images") || !file.toString().endsWith(".images.json")))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> files() throws IOException {
        Path estimates = folder.resolve("run/estimates");
        if (!Files.exists(estimates)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(estimates)) {
            return files.toList();
        }
    }
}
