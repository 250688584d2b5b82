package dev.vaelab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunResult;
import dev.vaelab.training.EpochMetrics;
import dev.vaelab.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An experiment in a Java program")
final class ExperimentTest {
    private static final String TINY = """
            name: tiny
            dataset: {name: idx, path: PATH, validation: 4}
            model: {network: mlp, latent: 2, hidden: 4}
            training: {epochs: 2, batchSize: 8}
            """;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        SmallDigits.write(folder.resolve("digits"));
        file = Files.writeString(folder.resolve("tiny.yaml"), tiny());
    }

    private String tiny() {
        return TINY.replace("PATH", "\"" + folder.resolve("digits") + "\"");
    }

    @Test
    @DisplayName("may lack in its file what settings say, and keeps each setting to itself")
    void settings() {
        Experiment file = Experiment.load(this.file);
        Experiment right = file.with("backend", "reference").with("seed", 7);
        assertEquals("reference", right.config().backend());
        assertEquals(7, right.config().seed());
        assertEquals(3, right.with("training.epochs", 3).config().training().epochs());
        assertEquals(2, right.config().training().epochs());
        assertThrows(InvalidInputException.class, file::config);
    }

    @Test
    @DisplayName("takes text, numbers, truth values, lists, maps and paths as the file would have them")
    void values() {
        Experiment experiment = Experiment.load(file)
                .with("backend", "reference")
                .with("name", "007")
                .with("model.hidden", List.of(6, 5))
                .with("loss", Map.of("name", "iwae", "samples", 3))
                .with("logging.tensorboard", true);
        assertEquals("007", experiment.config().name());
        assertEquals(List.of(6, 5), experiment.config().model().hidden().values());
        assertEquals("iwae", experiment.config().loss().name());
        assertTrue(experiment.config().logging().tensorboard());
        assertEquals(
                folder.toString(),
                experiment.with("dataset.path", folder).config().dataset().path());
    }

    @Test
    @DisplayName("tells every problem of file and settings at once, each with its place")
    void problems() throws IOException {
        Files.writeString(file, tiny().replace("latent: 2", "latent: 0"));
        Experiment wrong = Experiment.load(file)
                .with("backend", "abacus")
                .with("training.epoch", 3)
                .with("training..batchSize", 4);
        InvalidInputException failure = assertThrows(InvalidInputException.class, wrong::config);
        assertEquals(
                List.of(
                        file + ":3:31 model.latent",
                        "setting backend",
                        "setting training.epoch",
                        "setting training..batchSize=4"),
                failure.problems().stream().map(problem -> problem.place()).toList());
    }

    @Test
    @DisplayName("is not loaded if there is no file, or if it breaks the rules of its language")
    void unreadable() throws IOException {
        assertThrows(InvalidInputException.class, () -> Experiment.load(folder.resolve("none.yaml")));
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"name\": ");
        InvalidInputException failure = assertThrows(InvalidInputException.class, () -> Experiment.load(broken));
        assertEquals(broken + ":1:10", failure.problems().get(0).place().replaceAll(" .*", ""), failure::getMessage);
    }

    @Test
    @DisplayName("trains into a folder, tells of each epoch, and ends with the figures of the folder")
    void trains() {
        Experiment experiment = Experiment.load(file).with("backend", "reference");
        List<Integer> told = new ArrayList<>();
        RunResult result = experiment.train(folder.resolve("run"), epoch -> told.add(epoch.epoch()));
        assertEquals(List.of(1, 2), told);
        assertEquals(RunResult.read(new RunFolder(folder.resolve("run"))), result);
        assertThrows(InvalidInputException.class, () -> experiment.train(folder.resolve("run")));
    }

    @Test
    @DisplayName("hands what a listener throws to the program, and gives the run's lock back")
    void listenerThrows() {
        Experiment experiment = Experiment.load(file).with("backend", "reference");
        IllegalStateException thrown = new IllegalStateException("enough");
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epochFinished(EpochMetrics metrics, VaeModel<?> model) {
                throw thrown;
            }
        };
        assertSame(
                thrown,
                assertThrows(IllegalStateException.class, () -> experiment.train(folder.resolve("run"), listener)));
        assertFalse(Files.exists(folder.resolve("run/result.json")));
    }
}
