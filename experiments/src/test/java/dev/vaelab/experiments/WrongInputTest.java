package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Wrong input ends with one clear message and exit code 2, without a stack trace")
final class WrongInputTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeExperiment() throws Exception {
        SmallExperiment.write(folder, "reference");
    }

    @Test
    @DisplayName("a command that does not exist gets a suggestion")
    void unknownCommand() throws Exception {
        Outcome outcome = refused("trian", "./small.json");
        assertTrue(outcome.errors().contains("vae train"), outcome.errors());
    }

    @Test
    @DisplayName("an unknown engine is answered with those that there are")
    void unknownBackend() throws Exception {
        Outcome outcome = refused("train", "./small.json", "--backend", "pytorch");
        assertTrue(outcome.errors().contains("pytorch"), outcome.errors());
        assertTrue(outcome.errors().contains("dl4j"), outcome.errors());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --threads 2,0 | error: --threads: found 0, expected a whole number of at least 1
                    --threads 2,2 | error: --threads: found [2, 2], expected each number once
                    --turns 0     | error: --turns: found 0, expected a whole number of at least 1
                    --batch -1    | error: --batch: found -1, expected a whole number of at least 1
                    """)
    @DisplayName("a benchmark of nothing is refused before anything is measured")
    void benchmarkOfNothing(String options, String message) throws Exception {
        String[] option = options.split(" ");
        Outcome outcome = refused("bench", "./small.json", "--backends", "reference", option[0], option[1]);
        assertEquals(message, outcome.errors());
        assertFalse(Files.exists(folder.resolve("runs")));
    }

    @Test
    @DisplayName("several problems in one file are reported together, in JSON for scripts too")
    void severalProblems() throws Exception {
        Files.writeString(folder.resolve("wrong.json"), """
                { "name": "wrong", "backend": "reference", "dataset": { "name": "mnist" },
                  "model": { "latent": 0 }, "training": { "epochs": "ten", "batchsize": 5 } }
                """);
        Outcome outcome = refused("validate", "./wrong.json", "--json");
        Map<?, ?> file = (Map<?, ?>) ((List<?>) outcome.json().get("files")).get(0);
        assertEquals(3, ((List<?>) file.get("problems")).size(), outcome.output());
        assertTrue(outcome.errors().contains("batchSize"), outcome.errors());
    }

    @Test
    @DisplayName("an image that the convolutions cannot halve is named with its size")
    void strides() throws Exception {
        Outcome outcome = refused("train", "./small.json", "--set", "model.channels=[4,4,4]");
        assertEquals(
                "error: --set model.channels: found 3 convolutions for images of 1x28x28, expected height and width divisible by 2"
                        + " to the power of 3; each convolution halves both: use at most 2 of them",
                outcome.errors());
    }

    @Test
    @DisplayName("what does not fit the images is told all at once, with file, line and key")
    void unsuitableForImages() throws Exception {
        Files.writeString(folder.resolve("large.yaml"), """
                extends: small.json
                dataset:
                  validation: 60000
                  test: 10001
                model: {channels: [4, 4, 4]}
                """);
        assertEquals("""
                error: 3 problems
                  large.yaml:3:15 dataset.validation: found 60000, expected 1 to 59999, since mnist has 60000 training images \
                and at least one is left to train on; the default is 10000, so smaller data sets need a value
                  large.yaml:4:9 dataset.test: found 10001, expected 1 to 10000, since mnist has 10000 test images
                  large.yaml:5:19 model.channels: found 3 convolutions for images of 1x28x28, expected height and width \
                divisible by 2 to the power of 3; each convolution halves both: use at most 2 of them""", refused("train", "./large.yaml").errors());
    }

    @Test
    @DisplayName("a validation part that leaves nothing to train on is named with the numbers")
    void validationTooLarge() throws Exception {
        Outcome outcome = refused("train", "./small.json", "--set", "dataset.validation=60000");
        assertTrue(outcome.errors().startsWith("error: "), outcome.errors());
        assertTrue(outcome.errors().contains("dataset.validation"), outcome.errors());
        assertTrue(outcome.errors().contains("60000"), outcome.errors());
    }

    @Test
    @DisplayName("an output folder with files in it is left alone")
    void usedFolder() throws Exception {
        Path used = Files.createDirectory(folder.resolve("used"));
        Files.writeString(used.resolve("precious.txt"), "precious");
        Outcome outcome = refused("train", "./small.json", "--out", "./used");
        assertEquals(
                "error: used: found a folder with files in it, expected a new or empty folder; a run is never"
                        + " overwritten: name another folder",
                outcome.errors());
        assertEquals("precious", Files.readString(used.resolve("precious.txt")));
    }

    @Test
    @DisplayName("an output folder below a file cannot be made")
    void folderBelowFile() throws Exception {
        Files.writeString(folder.resolve("file"), "");
        Outcome outcome = refused("train", "./small.json", "--out", "./file/run");
        assertEquals(
                "error: output folder file/run: found one below the file file, expected a new or empty folder",
                outcome.errors());
    }

    @Test
    @DisplayName("weights of another architecture are refused tensor by tensor")
    void otherWeights() throws Exception {
        assertEquals(
                0,
                InProcess.in(folder)
                        .run("train", "./small.json", "--out", "./run")
                        .exitCode());
        Outcome outcome = refused(
                "evaluate",
                "--config",
                "./small.json",
                "--set",
                "model.latent=5",
                "--weights",
                "./run/checkpoints/best.safetensors");
        assertTrue(
                outcome.errors()
                        .contains("run/checkpoints/best.safetensors: tensor encoder.mean.weight: found shape [3, 16],"
                                + " expected shape [5, 16]"),
                outcome.errors());
        assertTrue(outcome.errors().startsWith("error: 5 problems"), outcome.errors());
    }

    @Test
    @DisplayName("a folder that is not a run is not taken for one")
    void notARun() throws Exception {
        assertEquals(
                "error: nowhere: found nothing, expected the folder of a run; train prints where its run folder is",
                refused("evaluate", "./nowhere").errors());
    }

    @Test
    @DisplayName("a folder that is no run, no comparison and no sweep has nothing to report")
    void nothingToReport() throws Exception {
        Files.createDirectory(folder.resolve("empty"));
        assertEquals(
                "error: empty: found a folder without config.json, comparison.json and sweep.json, expected the folder of a run,"
                        + " a comparison or a sweep; train, compare and sweep print where theirs are",
                refused("report", "./empty").errors());
        refused("report", "./nowhere");
    }

    @Test
    @DisplayName(
            "two ways to show progress are one too many, and a mode that does not exist is answered with those that do")
    void progress() throws Exception {
        assertEquals(
                "error: --progress=MODE, --quiet are mutually exclusive (specify only one)",
                refused("train", "./small.json", "--progress=bar", "-q")
                        .errors()
                        .lines()
                        .findFirst()
                        .orElse(""));
        String unknown = refused("train", "./small.json", "--progress=loud").errors();
        assertTrue(unknown.contains("one of auto, bar, plain, quiet but was"), unknown);
    }

    @Test
    @DisplayName("a loss that is no longer a number stops the training with exit code 1, and says the step")
    void divergence() throws Exception {
        Outcome outcome = InProcess.in(folder)
                .run("train", "./small.json", "--out", "./run", "--set", "training.optimizer.learningRate=1e12");
        assertEquals(1, outcome.exitCode(), outcome.errors());
        String last = outcome.errors().lines().reduce((first, second) -> second).orElse("");
        assertTrue(last.matches("error: the loss became .* at step \\d+ \\(epoch 1, batch \\d+ of 10\\): .*"), last);
    }

    private Outcome refused(String... arguments) throws Exception {
        Outcome outcome = InProcess.in(folder).run(arguments);
        assertEquals(2, outcome.exitCode(), outcome.errors());
        assertFalse(outcome.errors().contains("\tat "), outcome.errors());
        return outcome;
    }
}
