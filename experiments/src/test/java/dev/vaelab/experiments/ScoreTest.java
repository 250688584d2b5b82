package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("score")
final class ScoreTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The columns of scores by their names in JSON; those of log p(x) have its sign. */
    private static final Map<String, String> COLUMNS = Map.of(
            "negativeElbo", "negative_elbo",
            "reconstruction", "reconstruction",
            "kl", "kl",
            "complexity", "complexity",
            "negativeElboRatio", "negative_elbo_ratio",
            "negativeLogLikelihood", "log_likelihood",
            "likelihoodRatio", "likelihood_ratio");

    private static final int OTHERS = 5;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void train() throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
        InProcess.in(folder).succeed("train", "./tiny.json", "--out", "./run");
        writeImages(Files.createDirectory(folder.resolve("other")), 8);
        writeImages(Files.createDirectory(folder.resolve("small")), 4);
    }

    private static void writeImages(Path images, int side) throws IOException {
        for (String part : List.of("train", "t10k")) {
            ByteBuffer pixels = ByteBuffer.allocate(16 + OTHERS * side * side);
            pixels.putInt(0x0803).putInt(OTHERS).putInt(side).putInt(side);
            for (int pixel = 0; pixels.hasRemaining(); pixel++) {
                pixels.put((byte) (pixel / (side * side) * 40 + pixel % 3));
            }
            Files.write(images.resolve(part + "-images-idx3-ubyte"), pixels.array());
            Files.write(
                    images.resolve(part + "-labels-idx1-ubyte"),
                    ByteBuffer.allocate(8 + OTHERS)
                            .putInt(0x0801)
                            .putInt(OTHERS)
                            .array());
        }
    }

    @Test
    @DisplayName("writes a row for each image, whose means are what evaluate prints, with log p(x) as well")
    void table() throws Exception {
        JsonNode evaluated = json("evaluate", "./run", "--samples", "7");
        JsonNode scores = json("score", "./run", "--out", "./scores.csv", "--samples", "7");
        List<Map<String, String>> rows = rows("scores.csv");
        assertEquals(8, rows.size());
        assertEquals(
                List.of("index", "label", "reconstruction", "kl", "negative_elbo", "complexity", "negative_elbo_ratio"),
                List.copyOf(rows.get(0).keySet()).subList(0, 7));
        assertEquals("3", rows.get(3).get("index"));
        double total = evaluated.get("total").asDouble();
        double likelihood = evaluated.get("likelihood").get("logLikelihood").asDouble();
        assertEquals(evaluated.get("reconstruction").asDouble(), mean(rows, "reconstruction"), 1e-6);
        assertEquals(evaluated.get("kl").asDouble(), mean(rows, "kl"), 1e-6);
        assertEquals(total, mean(rows, "negative_elbo"), 1e-6);
        assertEquals(total, scores.get("negativeElbo").asDouble(), 1e-9);
        assertEquals(likelihood, mean(rows, "log_likelihood"), 1e-9);
        assertEquals(likelihood, scores.get("logLikelihood").asDouble(), 1e-9);
        assertEquals(total / Math.log(2) - mean(rows, "complexity"), mean(rows, "negative_elbo_ratio"), 1e-6);
        assertFalse(scores.has("separation"));
        Outcome text = InProcess.in(folder).succeed("score", "./run", "--out", "./scores.csv", "--quiet");
        assertTrue(text.output().startsWith("8 test images of images: reconstruction "), text.output());
        assertTrue(text.output().endsWith("nats per image (bce)\ntable: scores.csv"), text.output());
        assertFalse(rows("scores.csv").get(0).containsKey("log_likelihood"));
    }

    @Test
    @DisplayName(
            "--against tells images apart by every score as its definition says, keeps that in the run, and makes a page of it")
    void against() throws Exception {
        String[] command = {
            "score",
            "./run",
            "--out",
            "./both.csv",
            "--samples",
            "7",
            "--against",
            "idx",
            "--set",
            "against.path=./other"
        };
        JsonNode scores = json(command);
        List<Map<String, String>> rows = rows("both.csv");
        List<Map<String, String>> usual =
                rows.stream().filter(row -> row.get("dataset").equals("images")).toList();
        List<Map<String, String>> unusual =
                rows.stream().filter(row -> row.get("dataset").equals("other")).toList();
        assertEquals(8, usual.size());
        assertEquals(OTHERS, unusual.size());
        JsonNode separation = scores.get("separation");
        assertEquals("images", separation.get("usual").asString());
        assertEquals(7, separation.get("scores").size());
        for (JsonNode score : separation.get("scores")) {
            String name = score.get("score").asString();
            String column = COLUMNS.get(name);
            double sign = column.equals("log_likelihood") ? -1 : 1;
            double pairs = 0;
            for (Map<String, String> high : unusual) {
                for (Map<String, String> low : usual) {
                    double difference =
                            sign * (Double.parseDouble(high.get(column)) - Double.parseDouble(low.get(column)));
                    pairs += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
                }
            }
            JsonNode auroc = score.get("separation").get("auroc");
            assertEquals(pairs / (8 * OTHERS), auroc.get("value").asDouble(), 1e-12, name);
            assertTrue(auroc.get("low").asDouble() <= auroc.get("high").asDouble(), name);
        }
        assertFalse(separation.get("codeLength").asBoolean(), "grey pixels under a Bernoulli likelihood");
        String page = Files.readString(folder.resolve(scores.get("page").asString()));
        assertTrue(page.contains("\"usual\":\"images\",\"unusual\":\"other\""));
        assertTrue(page.contains("data:image/png;base64,"));
        assertEquals(scores, json(command), "the same again");
        InProcess.in(folder).succeed("report", "./run");
        assertTrue(Files.readString(folder.resolve("run/report.html")).contains("\"separations\":[{\"stamp\":"));
    }

    @Test
    @DisplayName("has its AUROC with interval and protocol in the card of the exported model")
    void card() throws Exception {
        InProcess.in(folder).succeed("score", "./run", "--against", "idx", "--set", "against.path=./other", "--quiet");
        InProcess.in(folder).succeed("export", "./run", "--format", "huggingface", "--out", "./hub");
        String card = Files.readString(folder.resolve("hub/README.md"));
        assertTrue(
                card.lines()
                        .anyMatch(line -> line.matches("\\| AUROC against other by negative ELBO \\| [01]\\.\\d{4} .*"
                                + "\\| test \\| bce, 8 test images of .*; interval: 95 % of 1000 resamples \\|")),
                card);
    }

    @Test
    @DisplayName("gives what another data set has by itself, whatever it stands against, on another engine, too")
    void sameImages() throws Exception {
        json("score", "./run", "--out", "./both.csv", "--against", "idx", "--set", "against.path=./other");
        json(
                "score",
                "./run",
                "--out",
                "./alone.csv",
                "--set",
                "dataset.path=./other",
                "--set",
                "dataset.validation=0");
        List<Map<String, String>> both = rows("both.csv");
        List<Map<String, String>> alone = rows("alone.csv");
        both.forEach(row -> row.remove("dataset"));
        assertEquals(alone, both.subList(8, 8 + OTHERS));
        json(
                "score",
                "./run",
                "--out",
                "./djl.csv",
                "--backend",
                "djl",
                "--against",
                "idx",
                "--set",
                "against.path=./other");
        List<Map<String, String>> djl = rows("djl.csv");
        for (int image = 0; image < both.size(); image++) {
            for (String column : List.of("reconstruction", "kl", "negative_elbo_ratio")) {
                assertEquals(
                        Double.parseDouble(both.get(image).get(column)),
                        Double.parseDouble(djl.get(image).get(column)),
                        1e-3);
            }
        }
    }

    @Test
    @DisplayName(
            "tells nothing of a data set against itself, takes weights from anywhere, and knows when pixels have a code")
    void itself() throws Exception {
        String images = "against.path=" + folder.resolve("images");
        JsonNode scores = json(
                "score",
                "--config",
                "./tiny.json",
                "--weights",
                "./run/checkpoints/best.safetensors",
                "--against",
                "idx",
                "--set",
                images,
                "--set",
                "dataset.binarization=threshold");
        assertFalse(scores.has("page"));
        assertTrue(scores.get("separation").get("codeLength").asBoolean());
        for (JsonNode score : scores.get("separation").get("scores")) {
            assertEquals(0.5, score.get("separation").get("auroc").get("value").asDouble());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "score ./run --out ./kept.csv --samples 0 | --samples: found 0, expected a whole number of at least 1",
                "score ./run --out ./nowhere/a.csv | --out nowhere/a.csv: found a file that cannot be written (no such file),"
                        + " expected a folder that can be written to",
                "score ./run --out ./kept.csv --set against.path=x | --set against.path=x: found a key of another data set,"
                        + " which nobody has named, expected keys of the experiment; --against DATASET names another data set;"
                        + " vae datasets lists them",
                "score ./run --out ./kept.csv --against idx | --set against.path: found nothing, expected the folder of the IDX"
                        + " files; add the option --set against.path=VALUE",
                "score ./run --out ./kept.csv --against idx --set against.path=./small | --against idx: found images of 1x4x4 in"
                        + " small, expected images of 1x8x8, as the model has them",
                "score ./run --out ./kept.csv --against idx --set against.path=./other --set against.tset=3 | --set against.tset"
            })
    @DisplayName("what is asked for wrongly gets a reason and exit code 2, and leaves the table that was there")
    void wrong(String command, String expected) throws Exception {
        Path kept = Files.writeString(folder.resolve("kept.csv"), "kept");
        Outcome outcome = InProcess.in(folder).run(command.split(" "));
        assertEquals(2, outcome.exitCode(), outcome.errors());
        assertTrue(outcome.errors().contains(expected.strip()), outcome.errors());
        assertEquals("kept", Files.readString(kept));
    }

    @Test
    @DisplayName("without a table to write and another data set says what is missing")
    void nothingAsked() {
        Outcome outcome = InProcess.in(folder).run("score", "./run");
        assertEquals(2, outcome.exitCode(), outcome.errors());
        assertTrue(outcome.errors().contains("--out FILE.csv or --against DATASET is missing"), outcome.errors());
    }

    private static JsonNode json(String... command) throws Exception {
        String[] whole = Stream.concat(Arrays.stream(command), Stream.of("--json", "--quiet"))
                .toArray(String[]::new);
        return JSON.readTree(InProcess.in(folder).succeed(whole).output());
    }

    private static double mean(List<Map<String, String>> rows, String column) {
        return rows.stream()
                .mapToDouble(row -> Double.parseDouble(row.get(column)))
                .average()
                .orElseThrow();
    }

    /** Of a table without quotes. */
    private static List<Map<String, String>> rows(String file) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(file));
        String[] header = lines.get(0).split(",", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            assertEquals(header.length, cells.length, line);
            Map<String, String> row = new LinkedHashMap<>();
            for (int column = 0; column < header.length; column++) {
                row.put(header[column], cells[column]);
            }
            rows.add(row);
        }
        return rows;
    }
}
