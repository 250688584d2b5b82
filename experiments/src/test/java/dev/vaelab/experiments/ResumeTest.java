package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.MetricsFile;
import dev.vaelab.experiment.run.Provenance;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiments.Program.Outcome;
import dev.vaelab.training.EpochMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A run that goes on")
final class ResumeTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeExperiment() throws IOException {
        TinyExperiment.writeForAnyFolder(folder);
    }

    @Test
    @DisplayName("may have more epochs, and ends as if it had had them from the beginning; its earlier result is kept")
    void moreEpochs() throws Exception {
        succeed("train", "./tiny.json", "--out", "./run");
        byte[] earlier = Files.readAllBytes(folder.resolve("run/result.json"));
        succeed("train", "--resume", "./run", "--set", "training.epochs=4");
        assertArrayEquals(earlier, Files.readAllBytes(folder.resolve("run/result-of-2-epochs.json")));
        succeed("train", "./tiny.json", "--set", "training.epochs=4", "--out", "./at-once");
        for (String file :
                List.of("config.json", "result.json", "checkpoints/best.safetensors", "checkpoints/last.safetensors")) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("at-once").resolve(file)),
                    Files.readAllBytes(folder.resolve("run").resolve(file)),
                    file);
        }
        Provenance provenance = provenance("run");
        assertEquals(new Provenance.Beginning(3, 0), provenance.from());
        assertEquals(
                List.of(new Provenance.Beginning(1, 0)),
                provenance.earlier().stream().map(Provenance::from).toList());

        Outcome again = succeed("train", "--resume", "./run");
        assertTrue(again.errors().contains("all 4 epochs are done: what follows them is done again"), again.errors());
        assertEquals(provenance, provenance("run"), "who has trained nothing takes nobody's place");
    }

    @Test
    @DisplayName("may have its images in another folder, if they are the same")
    void movedImages() throws Exception {
        succeed("train", "./tiny.json", "--set", "training.epochs=1", "--out", "./run");
        Files.move(folder.resolve("images"), folder.resolve("moved"));
        Outcome missing = refused("train", "--resume", "./run", "--set", "training.epochs=2");
        assertTrue(
                missing.errors()
                        .endsWith("dataset.path: found images"
                                + ", which does not exist, expected the folder of the IDX files; the run run was trained on these"
                                + " images: set dataset.path to where they are now, or to others"),
                missing.errors());
        succeed("train", "--resume", "./run", "--set", "training.epochs=2", "--set", "dataset.path=./moved");
        assertEquals(2, metrics("run").size());
        succeed("train", "--resume", "./run", "--set", "training.epochs=3");
        Folders.copy(folder.resolve("moved"), folder.resolve("others"));
        Files.write(
                folder.resolve("others/t10k-labels-idx1-ubyte"),
                new byte[] {0, 0, 8, 1, 0, 0, 0, 8, 1, 1, 1, 1, 1, 1, 1, 1});
        assertEquals(
                "error: dataset: found other data in t10k-labels-idx1-ubyte, expected the data that the run began with; its"
                        + " checksums are in provenance.json; train a new run for other data",
                refused("train", "--resume", "./run", "--set", "training.epochs=4", "--set", "dataset.path=./others")
                        .errors());
    }

    @Test
    @DisplayName("begins with epoch 1 if it has no checkpoint yet, and says so")
    void noCheckpoint() throws Exception {
        succeed("train", "./tiny.json", "--out", "./run");
        byte[] expected = Files.readAllBytes(folder.resolve("run/checkpoints/last.safetensors"));
        Files.delete(folder.resolve("run/checkpoints/last.safetensors"));
        Outcome outcome = succeed("train", "--resume", "./run");
        assertTrue(
                outcome.errors().contains("there is no checkpoint yet: the training begins with epoch 1"),
                outcome.errors());
        assertArrayEquals(expected, Files.readAllBytes(folder.resolve("run/checkpoints/last.safetensors")));
        assertEquals(2, metrics("run").size());
        assertEquals(List.of(), provenance("run").earlier());
    }

    @Test
    @DisplayName(
            "is refused another seed, data set, model, prior, sampler, loss, batch size or optimizer, each with its reason")
    void fixedKeys() throws Exception {
        succeed("train", "./tiny.json", "--out", "./run");
        Outcome outcome = refused(
                "train",
                "--resume",
                "./run",
                "--set",
                "seed=8",
                "--set",
                "dataset.train=30",
                "--set",
                "model.latent=3",
                "--set",
                "prior.name=mixture",
                "--set",
                "loss.beta=2",
                "--set",
                "training.batchSize=4");
        assertEquals("""
                error: 7 problems
                  run: dataset.train: found 30, expected nothing as before; the epochs that are done were trained and \
                measured on its images; train a new run for another value
                  run: loss.beta: found 2.0, expected 1.0 as before; the best epoch is chosen by it, and losses of two \
                kinds cannot be compared; train a new run for another value
                  run: model.latent: found 3, expected 2 as before; the weights of the checkpoint have these sizes; \
                train a new run for another value
                  run: prior.components: found 10, expected nothing as before; the weights of the checkpoint were \
                trained towards it; train a new run for another value
                  run: prior.name: found mixture, expected standard as before; the weights of the checkpoint were \
                trained towards it; train a new run for another value
                  run: seed: found 8, expected 7 as before; the split of the images, their order and the noise follow \
                from it; train a new run for another value
                  run: training.batchSize: found 4, expected 8 as before; what is done is counted in batches of this \
                size; train a new run for another value""", outcome.errors());
        assertEquals(
                "error: run: sampler.name: found deterministic, expected reparameterized as before; the weights of"
                        + " the checkpoint were trained with it; train a new run for another value",
                refused("train", "--resume", "./run", "--set", "sampler.name=deterministic")
                        .errors());
        assertEquals(
                "error: run: training.epochs: found 1, expected at least 2; so many epochs are done or begun",
                refused("train", "--resume", "./run", "--set", "training.epochs=1")
                        .errors());
        assertEquals(
                "error: run: found a run with all of its 2 epochs done, expected epochs to train with another"
                        + " backend; a larger training.epochs adds some; evaluate measures the run on another engine",
                refused("train", "--resume", "./run", "--backend", "djl").errors());
        assertEquals(
                "error: --out other: found a folder beside --resume, expected one of the two; a run stays in its folder",
                refused("train", "--resume", "./run", "--out", "./other").errors());
    }

    @Test
    @DisplayName("that early stopping has ended needs more patience, not more epochs")
    void earlyStopped() throws Exception {
        succeed(
                "train",
                "./tiny.json",
                "--set",
                "training.epochs=4",
                "--set",
                "training.earlyStopping.patience=1",
                "--set",
                "training.earlyStopping.minDelta=1000",
                "--out",
                "./run");
        assertEquals(2, metrics("run").size());
        assertEquals(
                "error: run: found a run that early stopping has ended after 2 epochs, expected epochs to train with"
                        + " another training.epochs; a larger training.earlyStopping.patience adds some; evaluate measures the"
                        + " run on another engine",
                refused("train", "--resume", "./run", "--set", "training.epochs=5")
                        .errors());
        succeed("train", "--resume", "./run", "--set", "training.earlyStopping.patience=9");
        assertEquals(4, metrics("run").size());
    }

    @Test
    @DisplayName("is refused if its images are others by now")
    void otherData() throws Exception {
        succeed("train", "./tiny.json", "--out", "./run");
        Path images = folder.resolve("images/train-images-idx3-ubyte");
        byte[] bytes = Files.readAllBytes(images);
        bytes[bytes.length - 1]++;
        Files.write(images, bytes);
        assertEquals(
                "error: dataset: found other data in train-images-idx3-ubyte, expected the data that the run began with; its"
                        + " checksums are in provenance.json; train a new run for other data",
                refused("train", "--resume", "./run").errors());
    }

    @Test
    @DisplayName(
            "may change its engine: the next epoch is that of the same engine within 1e-3, and the folder says who did what")
    void otherEngine() throws Exception {
        succeed("train", "./tiny.json", "--backend", "djl", "--set", "training.epochs=1", "--out", "./same");
        copy(folder.resolve("same"), folder.resolve("other"));
        succeed("train", "--resume", "./same", "--set", "training.epochs=2");
        succeed("train", "--resume", "./other", "--set", "training.epochs=2", "--backend", "dl4j");

        EpochMetrics expected = metrics("same").get(1);
        EpochMetrics found = metrics("other").get(1);
        assertEquals(
                expected.training().total(),
                found.training().total(),
                1e-3 * expected.training().total());
        assertEquals(expected.validationLoss(), found.validationLoss(), 1e-3 * expected.validationLoss());

        Provenance provenance = provenance("other");
        assertEquals("dl4j", provenance.backend());
        assertEquals(
                List.of("djl", "dl4j"),
                provenance.legs().stream().map(Provenance::backend).toList());
        assertEquals("PyTorch", provenance.earlier().get(0).engine().name());
        List<?> runs =
                (List<?>) succeed("runs", folder.toString(), "--json").json().get("runs");
        assertEquals(
                List.of(List.of("djl", "dl4j"), List.of("djl")),
                runs.stream().map(run -> ((Map<?, ?>) run).get("backends")).toList());

        String difference = Program.run(folder, "diff", "same", "other").output();
        assertTrue(difference.lines().allMatch(line -> line.length() <= 100), difference);
        assertTrue(difference.matches("(?s).*\n   backend +djl +dl4j\n.*"), difference);
        assertTrue(difference.contains("the same: configuration, seed, threads, data, machine"), difference);
        assertFalse(difference.contains("not compared"), difference);
    }

    private Outcome succeed(String... arguments) {
        return InProcess.in(folder).succeed(arguments);
    }

    private Outcome refused(String... arguments) {
        Outcome outcome = InProcess.in(folder).run(arguments);
        assertEquals(2, outcome.exitCode(), outcome.errors());
        return outcome;
    }

    private List<EpochMetrics> metrics(String run) {
        return MetricsFile.read(new RunFolder(folder.resolve(run)));
    }

    private Provenance provenance(String run) {
        return JsonText.readFile(new RunFolder(folder.resolve(run)).provenance(), Provenance.class);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
