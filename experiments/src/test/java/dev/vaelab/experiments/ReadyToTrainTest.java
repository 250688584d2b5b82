package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What is valid trains, and what cannot be trained is told before")
final class ReadyToTrainTest {
    private static final String LAST_BATCH =
            "last.yaml:5:34 training.batchSize: found 16, which leaves 1 of 17 images for the last batch, expected at least 2"
                    + " images in each batch: of features of one pixel one image has a single value of each channel, which batch"
                    + " normalization cannot normalize; set training.batchSize to 15";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"dl4j", "djl", "reference"})
    @DisplayName("a model whose last features are one pixel trains on every engine")
    void bottleneck(String backend) throws Exception {
        IdxFolder.write(folder.resolve("idx16"), 16, 16, 42, 20);
        write(
                "bottleneck.yaml",
                "name: bottleneck",
                "backend: dl4j",
                "dataset: {name: idx, path: " + folder.resolve("idx16") + ", validation: 10}",
                "model: {latent: 1, channels: [2, 2, 2, 2], hidden: 4}",
                "training: {epochs: 1, batchSize: 16}");
        Outcome outcome = InProcess.in(folder)
                .run("train", "./bottleneck.yaml", "--backend", backend, "--out", "./run", "--json");
        assertEquals(0, outcome.exitCode(), outcome.errors());
        assertEquals(true, outcome.json().get("finished"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dl4j", "djl", "reference"})
    @DisplayName(
            "a last batch of one image on features of one pixel is refused before anything starts, by every engine")
    void lastBatchOfOne(String backend) throws Exception {
        writeLastBatch();
        Outcome outcome = InProcess.in(folder).run("train", "./last.yaml", "--backend", backend);
        assertEquals(2, outcome.exitCode());
        assertEquals("error: " + LAST_BATCH, outcome.errors());
        assertFalse(Files.exists(folder.resolve("runs")));
    }

    @Test
    @DisplayName("validate and the commands that train in other processes tell the same")
    void lastBatchOfOneElsewhere() throws Exception {
        writeLastBatch();
        Outcome validated = InProcess.in(folder).run("validate", "./last.yaml");
        assertEquals(2, validated.exitCode());
        assertEquals("last.yaml: not valid\n  " + LAST_BATCH, validated.errors());
        Outcome compared = InProcess.in(folder).run("compare", "./last.yaml", "--backends", "dl4j,djl");
        assertEquals(2, compared.exitCode());
        assertEquals("error: " + LAST_BATCH, compared.errors());
        write("last.sweep.yaml", "name: sweep", "experiment: last.yaml", "grid: {training.batchSize: [15, 16]}");
        Outcome swept = InProcess.in(folder).run("sweep", "./last.sweep.yaml");
        assertEquals(2, swept.exitCode());
        assertEquals(
                "error: run training.batchSize=16: " + LAST_BATCH.replace("last.yaml:5:34", "last.sweep.yaml:3:33"),
                swept.errors());
        assertFalse(Files.exists(folder.resolve("runs")));
    }

    @Test
    @DisplayName("the schemas beside experiment files are no experiments, and no mistake")
    void schemas() throws Exception {
        Path shipped = Path.of("").toAbsolutePath();
        Outcome outcome = Program.run(
                shipped, "validate", "experiment.schema.json", "sweep.schema.json", "quickstart.json", "--json");
        assertEquals(0, outcome.exitCode(), outcome.errors());
        assertEquals(
                List.of(true, true),
                ((List<?>) outcome.json().get("files"))
                        .stream()
                                .map(file -> ((Map<?, ?>) file).get("schema"))
                                .filter(schema -> schema != null)
                                .toList());
        Outcome trained = Program.run(shipped, "train", "sweep.schema.json");
        assertEquals(2, trained.exitCode());
        assertEquals("error: sweep.schema.json:1:1: found a JSON Schema, expected an experiment", trained.errors());
    }

    private void writeLastBatch() throws IOException {
        IdxFolder.write(folder.resolve("idx2x2"), 2, 2, 27, 5);
        write(
                "last.yaml",
                "name: last",
                "backend: djl",
                "dataset: {name: idx, path: " + folder.resolve("idx2x2") + ", validation: 10}",
                "model: {latent: 1, channels: [2], hidden: 4}",
                "training: {epochs: 1, batchSize: 16}");
    }

    private void write(String name, String... lines) throws IOException {
        Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }
}
