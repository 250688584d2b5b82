package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What an experiment may choose")
final class ChoicesTest {
    /** Of a total after a few steps, in which rounding is hardly amplified. */
    private static final double TOLERANCE = 1e-3;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("squared error, descent with momentum, clipping and steps of the learning rate agree on all engines")
    void squaredError() throws Exception {
        Map<String, Map<String, Object>> results = trainEverywhere("""
                extends: small.json
                dataset: { binarization: threshold }
                loss: { reconstruction: mse, variance: 0.1 }
                training:
                  optimizer: { name: sgd, learningRate: 0.0005, momentum: 0.8 }
                  schedule: { name: step, every: 1, factor: 0.5 }
                  clipNorm: 100
                """);
        results.forEach((backend, result) -> assertEquals(
                Map.of("reconstruction", "mse", "variance", 0.1, "binarization", "threshold"),
                result.get("measure"),
                backend));
    }

    @Test
    @DisplayName("stochastic binarization, warm-up, weight decay and a cosine schedule agree on all engines")
    void binarized() throws Exception {
        Map<String, Map<String, Object>> results = trainEverywhere("""
                extends: small.json
                dataset: { binarization: stochastic }
                loss: { betaWarmup: 1 }
                training:
                  optimizer: { name: adamw, weightDecay: 0.1 }
                  schedule: { name: cosine }
                  earlyStopping: { patience: 1 }
                """);
        results.forEach((backend, result) -> assertEquals(
                Map.of("reconstruction", "bce", "binarization", "stochastic"), result.get("measure"), backend));
        List<String> epochs = Files.readAllLines(folder.resolve("dl4j/metrics.jsonl"));
        assertTrue(epochs.get(0).contains("\"learningRate\":0.001,\"beta\":0.5"), epochs.get(0));
        assertTrue(epochs.get(1).contains("\"learningRate\":5.0E-4,\"beta\":1.0"), epochs.get(1));
    }

    @Test
    @DisplayName("evaluate says under which measure its figures were taken")
    void evaluation() throws Exception {
        SmallExperiment.write(folder, "reference");
        Outcome trained =
                InProcess.in(folder).run("train", "./small.json", "--set", "loss.reconstruction=mse", "--out", "./run");
        assertEquals(0, trained.exitCode(), trained.errors());
        String text = InProcess.in(folder).run("evaluate", "./run").output();
        assertTrue(text.matches(".* nats per image \\(mse \\(variance 0.5\\)\\); [0-9.]+ bits/dim"), text);
    }

    /** The results of the engines, whose test totals lie close to each other. */
    private Map<String, Map<String, Object>> trainEverywhere(String experiment) throws Exception {
        SmallExperiment.write(folder, "reference");
        Files.writeString(folder.resolve("choices.yaml"), experiment);
        Map<String, Map<String, Object>> results = new LinkedHashMap<>();
        for (String backend : List.of("reference", "dl4j", "djl")) {
            Outcome outcome = InProcess.in(folder)
                    .run("train", "./choices.yaml", "--backend", backend, "--out", "./" + backend, "--json");
            assertEquals(0, outcome.exitCode(), outcome.errors());
            results.put(backend, outcome.json());
        }
        double expected = total(results.get("reference"));
        results.forEach((backend, result) ->
                assertEquals(expected, total(result), TOLERANCE * Math.abs(expected), "test total on " + backend));
        return results;
    }

    private static double total(Map<String, Object> result) {
        return (Double) ((Map<?, ?>) result.get("test")).get("total");
    }
}
