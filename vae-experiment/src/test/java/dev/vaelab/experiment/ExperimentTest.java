package dev.vaelab.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import dev.vaelab.training.StopRequest;
import dev.vaelab.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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

    @Test
    @DisplayName("stops when a listener asks for it, and goes on as if it had never stopped")
    void stopsAndResumes() throws IOException {
        Experiment experiment = Experiment.load(file).with("backend", "reference");
        RunResult whole = experiment.train(folder.resolve("whole"));
        StopRequest stop = new StopRequest();
        TrainingListener first = new TrainingListener() {
            @Override
            public void epochFinished(EpochMetrics metrics, VaeModel<?> model) {
                stop.request();
            }
        };
        Path run = folder.resolve("run");
        assertEquals(Optional.empty(), experiment.train(run, stop, first));
        assertFalse(Files.exists(run.resolve("result.json")));
        List<Integer> told = new ArrayList<>();
        assertEquals(whole, Experiment.resume(run, Map.of(), epoch -> told.add(epoch.epoch())));
        assertEquals(List.of(2), told);
        Path weights = Path.of("checkpoints/best.safetensors");
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("whole").resolve(weights)), Files.readAllBytes(run.resolve(weights)));
    }

    @Test
    @DisplayName("trains a run further that is done, and nothing in it may change that its epochs rest on")
    void trainsFurther() {
        Path run = folder.resolve("run");
        Experiment.load(file).with("backend", "reference").train(run);
        List<Integer> told = new ArrayList<>();
        RunResult further = Experiment.resume(run, Map.of("training.epochs", 3), epoch -> told.add(epoch.epoch()));
        assertEquals(List.of(3), told);
        assertEquals(3, further.epochs());
        assertEquals(
                run
                        + ": model.latent: found 3, expected 2 as before; the weights of the checkpoint have these sizes; train a"
                        + " new run for another value",
                refusal(() -> Experiment.resume(run, Map.of("model.latent", 3), epoch -> {})));
        assertEquals(
                folder.resolve("nowhere")
                        + ": found nothing, expected the folder of a run; train prints where its run folder is",
                refusal(() -> Experiment.resume(folder.resolve("nowhere"), Map.of(), epoch -> {})));
    }

    @Test
    @DisplayName("is told what is wrong in words of a program, with no option of the command line")
    void messages() throws IOException {
        Experiment experiment = Experiment.load(file).with("backend", "reference");
        Path used = Files.createDirectories(folder.resolve("used"));
        Files.writeString(used.resolve("notes.txt"), "mine");
        assertEquals(
                used
                        + ": found a folder with files in it, expected a new or empty folder; a run is never overwritten: name"
                        + " another folder",
                refusal(() -> experiment.train(used)));
        assertEquals(
                "setting backend: found text \"dl4j\", expected reference; a backend of another name needs its jar on the class"
                        + " path",
                refusal(() -> experiment.with("backend", "dl4j").config()));
        assertEquals(
                "setting loss.beta: found text \"NaN\", expected a number of at least 0",
                refusal(() -> experiment.with("loss.beta", Double.NaN).config()));
        Path run = folder.resolve("run");
        assertEquals(Optional.empty(), experiment.train(run, requested(), new TrainingListener() {}));
        String unfinished = refusal(() -> TrainedModel.open(run));
        assertTrue(
                unfinished.endsWith("the weights of the best epoch; the run has not completed an epoch yet: resume it"),
                unfinished);
        Files.move(folder.resolve("digits"), folder.resolve("moved"));
        String moved = refusal(() -> Experiment.resume(run, Map.of(), epoch -> {}));
        assertTrue(moved.endsWith("set dataset.path to where they are now, or to others"), moved);
        assertEquals(
                2,
                Experiment.resume(run, Map.of("dataset.path", folder.resolve("moved")), epoch -> {})
                        .epochs());
        assertThrows(NullPointerException.class, () -> experiment.train(null, epoch -> {}));
        assertThrows(NullPointerException.class, () -> experiment.train(folder.resolve("x"), (TrainingListener) null));
        assertFalse(Files.exists(folder.resolve("x")));
    }

    private static StopRequest requested() {
        StopRequest stop = new StopRequest();
        stop.request();
        return stop;
    }

    private static String refusal(Executable work) {
        return assertThrows(InvalidInputException.class, work).getMessage();
    }
}
