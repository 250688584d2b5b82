package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunResult;
import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A training that is asked for more")
final class TrainingOptionsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeExperiment() throws IOException {
        TinyExperiment.writeForAnyFolder(folder);
    }

    @Test
    @DisplayName("tries everything out with --fast-dev-run, and leaves nothing")
    void fastDevRun() throws IOException {
        List<String> before = everything();
        Outcome outcome = succeed(
                "train",
                "./tiny.json",
                "--fast-dev-run",
                "--set",
                "logging.mlflow=./mlruns",
                "--set",
                "dataset.train=20");
        assertEquals("fast dev run: training, validation, test and pictures work; nothing is kept", outcome.output());
        assertTrue(
                outcome.errors()
                        .startsWith(
                                "tiny: fast dev run with 8 images to train on, 8 to validate, 8 to test; loading engine"
                                        + " reference"),
                outcome.errors());
        assertTrue(outcome.errors().contains("epoch 1/1"), outcome.errors());
        assertFalse(outcome.errors().contains("warning"), outcome.errors());
        Map<?, ?> summary =
                succeed("train", "./tiny.json", "--fast-dev-run", "--json").json();
        assertNull(summary.get("run"));
        assertEquals(true, summary.get("finished"));
        assertEquals(before, everything());

        assertEquals(
                "error: --out run: found it with --fast-dev-run, expected one of the two; a fast dev run goes on with nothing"
                        + " and keeps nothing",
                refused("train", "./tiny.json", "--fast-dev-run", "--out", "./run")
                        .errors());
        // What is wrong with the whole is told, though the part that is tried out would do.
        assertTrue(refused("train", "./tiny.json", "--fast-dev-run", "--set", "dataset.train=41")
                .errors()
                .contains("dataset.train: found 41"));
    }

    @Test
    @DisplayName("ends when its time is over as a finished run, which goes on with more time")
    void maxTime() throws IOException {
        Outcome outcome = succeed("train", "./tiny.json", "--set", "training.maxTime=0.000000001s", "--out", "./run");
        assertTrue(
                outcome.errors()
                        .contains(
                                "the time of 0.000000001s (training.maxTime) is over after 1 step of epoch 1: the run ends"
                                        + " with its best weights so far; with more time it goes on: vae train --resume run --set"
                                        + " training.maxTime=TIME"),
                outcome.errors());
        assertTrue(outcome.output().startsWith("best epoch 1, validation loss "), outcome.output());
        assertEquals(1, result("run").epochs());
        assertEquals(1, Files.readAllLines(folder.resolve("run/metrics.jsonl")).size());
        byte[] earlier = Files.readAllBytes(folder.resolve("run/result.json"));
        Outcome again = succeed("train", "--resume", "./run");
        assertTrue(again.errors().contains("is over: what follows the training is done again"), again.errors());
        assertArrayEquals(earlier, Files.readAllBytes(folder.resolve("run/result.json")));
        assertTrue(refused("train", "--resume", "./run", "--set", "training.epochs=5")
                .errors()
                .contains("found a run whose time of 0.000000001s is over, expected epochs to train with another"
                        + " training.epochs; a larger training.maxTime adds some"));

        succeed("train", "--resume", "./run", "--set", "training.maxTime=9h");
        succeed("train", "./tiny.json", "--out", "./at-once");
        assertEquals(2, result("run").epochs());
        assertEquals(2, Files.readAllLines(folder.resolve("run/metrics.jsonl")).size());
        // The engine computes in float64, and went on with float32.
        assertEquals(result("at-once").test().total(), result("run").test().total(), 1e-4);
    }

    @Test
    @DisplayName("accumulates batches into the steps of a large one, with its figures in training, validation and test")
    void accumulate() throws IOException {
        String text = Files.readString(folder.resolve("tiny.json"));
        Files.writeString(
                folder.resolve("mlp.json"),
                text.replace("\"channels\": [2], \"hidden\": 4", "\"network\": \"mlp\", \"hidden\": [4]"));
        trainMlp("large", 8, 1);
        trainMlp("small", 4, 2);
        trainMlp("of-nine", 3, 3);
        assertEquals(result("large").test().total(), result("small").test().total(), 1e-6);
        assertEquals(result("large").bestValidationLoss(), result("small").bestValidationLoss(), 1e-6);
        Map<?, ?> large = lastEpoch("large");
        Map<?, ?> small = lastEpoch("small");
        assertEquals(large.get("steps"), small.get("steps"));
        assertEquals(total(large), total(small), 1e-6);
        assertEquals(10, lastEpoch("of-nine").get("steps"), "40 images in steps of 9");
        assertTrue(refused("train", "--resume", "./small", "--set", "training.accumulate=4")
                .errors()
                .contains(
                        "training.accumulate: found 4, expected 2 as before; what is done is counted in steps of so many"
                                + " batches"));
    }

    @Test
    @DisplayName("averages its weights, also on another engine on which it goes on, and is evaluated with them")
    void average() throws IOException {
        String average = "training.average.decay=0.9";
        succeed("train", "./tiny.json", "--set", average, "--out", "./run");
        Outcome evaluated = succeed("evaluate", "./run", "--json");
        assertEquals(result("run").test().total(), ((Number) evaluated.json().get("total")).doubleValue(), 1e-6);
        succeed("train", "./tiny.json", "--out", "./plain");
        assertTrue(
                Math.abs(result("plain").test().total() - result("run").test().total()) > 1e-3);
        assertEquals(total(lastEpoch("plain")), total(lastEpoch("run")), 1e-9, "training itself knows nothing of it");

        succeed("train", "./tiny.json", "--set", average, "--set", "training.epochs=4", "--out", "./at-once");
        succeed("train", "--resume", "./run", "--set", "training.epochs=4", "--backend", "djl");
        assertEquals(result("at-once").test().total(), result("run").test().total(), 1e-2);
        assertTrue(refused("train", "--resume", "./plain", "--set", average, "--set", "training.epochs=4")
                .errors()
                .contains("training.average.decay: found 0.9, expected nothing as before"));
    }

    @Test
    @DisplayName("validates on a fraction of its images, whose number is in dataset.json")
    void fraction() throws IOException {
        succeed("train", "./tiny.json", "--set", "dataset.validation=0.25", "--out", "./run");
        assertEquals(
                12,
                JsonText.read(Files.readString(folder.resolve("run/dataset.json")), Map.class)
                        .get("validationImages"));
        assertTrue(Files.readString(folder.resolve("run/config.json")).contains("\"validation\": 0.25,"));
        succeed("train", "--resume", "./run", "--set", "training.epochs=3");
        succeed(
                "train",
                "./tiny.json",
                "--set",
                "dataset.validation=12",
                "--set",
                "training.epochs=3",
                "--out",
                "./twelve");
        assertEquals(result("twelve"), result("run"));
    }

    private void trainMlp(String run, int batchSize, int accumulate) {
        succeed(
                "train",
                "./mlp.json",
                "--set",
                "training.batchSize=" + batchSize,
                "--set",
                "training.accumulate=" + accumulate,
                "--out",
                "./" + run);
    }

    private List<String> everything() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path place : List.of(folder, Path.of(""), Path.of(System.getProperty("java.io.tmpdir")))) {
            try (Stream<Path> entries = place.equals(folder) ? Files.walk(place) : Files.list(place)) {
                entries.map(Path::toString)
                        .filter(name -> place.equals(folder) || name.matches("runs|.*vae-fast-dev-run-.*"))
                        .sorted()
                        .forEach(names::add);
            }
        }
        return names;
    }

    private RunResult result(String run) throws IOException {
        return JsonText.read(Files.readString(folder.resolve(run).resolve("result.json")), RunResult.class);
    }

    private Map<?, ?> lastEpoch(String run) throws IOException {
        List<String> epochs = Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl"));
        return JsonText.read(epochs.get(epochs.size() - 1), Map.class);
    }

    private static double total(Map<?, ?> epoch) {
        return ((Number) ((Map<?, ?>) epoch.get("training")).get("total")).doubleValue();
    }

    private Outcome succeed(String... arguments) {
        return InProcess.in(folder).succeed(arguments);
    }

    private Outcome refused(String... arguments) {
        Outcome outcome = InProcess.in(folder).run(arguments);
        assertEquals(2, outcome.exitCode(), outcome.errors());
        return outcome;
    }
}
