package dev.vaelab.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.FigureStamp.Metric;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The keys of protocols")
class ContradictionsTest {
    private static final String START = "name: small\nbackend: djl\n";

    @TempDir
    private Path temporary;

    private ExperimentFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new ExperimentFolder(temporary);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dataset: {name: mnist, validation: 0} | training: {earlyStopping: {patience: 2}} | 4:12 training.earlyStopping: found early stopping without validation images, expected validation images, whose loss it watches; leave the key out, or set dataset.validation to a number of images
            dataset: {name: mnist} | loss: {betaWarmup: 2, betaWarmupSteps: 100} | 4:23 loss.betaWarmupSteps: found a warm-up in steps beside one in epochs, expected one of the two; leave loss.betaWarmup out, or this key
            dataset: {name: mnist, binarizationSeed: 3} | seed: 1 | 3:24 dataset.binarizationSeed: found binarizationSeed with none, expected it with fixed or stochastic only; leave the key out, or set dataset.binarization to fixed or stochastic
            dataset: {name: mnist} | training: {schedule: {name: cosine, growth: 2}} | 4:37 training.schedule.growth: found growth with cosine, expected it with geometric only; leave the key out, or set training.schedule.name to geometric
            dataset: {name: mnist} | training: {optimizer: {name: sgd, epsilon: 1e-4}} | 4:35 training.optimizer.epsilon: found epsilon with sgd, expected it with adam or adamw only; leave the key out, or set training.optimizer.name to adam or adamw
            dataset: {name: mnist} | published: [{paper: a, table: b, row: c, metric: negative-log-likelihood, value: 1, dataset: mnist}] | 4:13 published[0].samples: found nothing, expected the number of latents by which the likelihood was estimated; add this key
            dataset: {name: mnist} | published: [{paper: a, table: b, row: c, metric: active-units, value: 1, dataset: mnist, samples: 5}] | 4:90 published[0].samples: found samples with active-units, expected it with negative-log-likelihood only; leave the key out
            dataset: {name: mnist} | published: [{paper: a, table: b, row: c, metric: active-units, value: 1, dataset: mnist, split: tset}] | 4:97 published[0].split: found text "tset", expected one of train, validation, test
            """)
    @DisplayName("that contradict each other are refused with line and key, and with what to do")
    void refused(String dataset, String line, String problem) {
        folder.with("small.yaml", START + dataset + "\n" + line + "\n");
        assertEquals("small.yaml:" + problem + "\n", folder.problems("small.yaml"));
    }

    @Test
    @DisplayName(
            "say what papers say: no validation, Adam's epsilon, stages, a warm-up by steps, a seed of the binarization, figures")
    void read() {
        folder.with("small.yaml", START + """
                        dataset: { name: mnist, validation: 0, binarization: fixed, binarizationSeed: 3 }
                        loss: { betaWarmup: 0, betaWarmupSteps: 100 }
                        training:
                          optimizer: { epsilon: 1e-4, beta1: 0.5 }
                          schedule: { name: geometric }
                        published:
                          - { paper: P, table: "1", row: R, metric: active-units, value: 19, dataset: mnist }
                        """);
        ExperimentConfig config = folder.config("small.yaml");
        assertTrue(config.dataset().validation().isNone());
        assertEquals(3, config.dataset().binarizationSeed());
        assertEquals(0.99, config.stepSettings(1, 98).beta(), 0.02);
        assertEquals(
                new OptimizerSettings.Adam(0.5, 0.999, 1e-4, 0),
                config.training().optimizer().settings());
        assertEquals(8, config.training().schedule().stages());
        assertEquals(Metric.ACTIVE_UNITS, config.published().get(0).metric());
        assertEquals(
                config,
                folder.with("again.json", new ExperimentWriter().write(config)).config("again.json"));
        assertEquals(
                List.of(),
                folder.with("plain.yaml", START + "dataset: { name: mnist }\n")
                        .config("plain.yaml")
                        .published());
    }
}
