package dev.vaelab.experiment.cluster.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.EvaluationBatches;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.Experiment;
import dev.vaelab.experiment.SmallDigits;
import dev.vaelab.experiment.cluster.Cluster;
import dev.vaelab.experiment.cluster.ClusterTask;
import dev.vaelab.experiment.cluster.SharedFolder;
import dev.vaelab.experiment.cluster.TaskPlace;
import dev.vaelab.experiment.encoding.PosteriorFile;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.scoring.ScoreFile;
import dev.vaelab.experiment.scoring.ScoredImages;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiment.wiring.ModelFactory;
import dev.vaelab.experiment.wiring.SavedModel;
import dev.vaelab.training.Evaluator;
import dev.vaelab.training.score.ImageComplexity;
import dev.vaelab.training.score.ImageScore;
import dev.vaelab.training.score.ImageScoring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Images on a cluster")
final class ImageJobTest {
    private static final int SAMPLES = 300;

    @TempDir
    private static Path folder;

    private static SavedModel saved;
    private static Laboratory.Assembly experiment;

    @BeforeAll
    static void train() throws IOException {
        Path file = Files.writeString(
                folder.resolve("tiny.yaml"), """
                name: tiny
                backend: reference
                dataset: {name: idx, path: "%s", validation: 4, binarization: fixed}
                model: {network: mlp, latent: 2, hidden: 4, activation: tanh}
                training: {epochs: 1, batchSize: 2}
                """.formatted(SmallDigits.write(folder.resolve("digits"))));
        Path run = folder.resolve("run");
        Experiment.load(file).train(run);
        Laboratory laboratory = Laboratory.open();
        RunFolder opened = RunFolder.open(run);
        saved = SavedModel.ofRun(
                laboratory,
                opened,
                laboratory.loaderOf(opened).load(opened.config(), List.of(), Optional.empty()),
                note -> {});
        experiment = saved.withImages();
    }

    private static ImageSubset images() {
        return experiment.get(DataSplits.class).get(Split.TEST);
    }

    private static VaeModel<?> model() {
        return experiment.get(ModelFactory.class).withWeights(saved.tensors(experiment));
    }

    @Test
    @DisplayName("are encoded to the file of one machine, byte for byte, in parts that are done in any order")
    void encode() throws IOException {
        Path expected = folder.resolve("expected.csv");
        try (VaeModel<?> model = model()) {
            PosteriorFile.write(
                    expected, model, images(), experiment.get(Dataset.class).classNames(), 2);
        }
        Path found = folder.resolve("found.csv");
        InThisProcess cluster = new InThisProcess();
        ImageJob.ofSplit(saved, experiment, Split.TEST).encode(cluster, found.toString());
        assertTrue(cluster.parts > 2, "there is something to put in order");
        assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(found));
        assertNothingLeft();
    }

    @Test
    @DisplayName("are scored to the file of one machine, byte for byte, log p(x) included")
    void score() throws IOException {
        Path expected = folder.resolve("expected-scores.csv");
        try (VaeModel<?> model = model()) {
            List<ImageScore> scores = new ImageScoring(images(), Split.TEST, experiment.get(RandomStreams.class))
                    .withLikelihood(model, 2, SAMPLES);
            long[] complexities = ImageComplexity.of(images(), images().shape(), 2, count -> {});
            ScoreFile.write(
                    expected,
                    List.of(new ScoredImages(
                            "idx", experiment.get(Dataset.class).classNames(), images(), scores, complexities)));
            Path found = folder.resolve("found-scores.csv");
            ImageJob.Means means = ImageJob.ofSplit(saved, experiment, Split.TEST)
                    .score(new InThisProcess(), found.toString(), Optional.of(SAMPLES));
            assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(found));
            assertEquals(
                    scores.stream().mapToDouble(ImageScore::negativeElbo).sum() / scores.size(), means.negativeElbo());
        }
    }

    @Test
    @DisplayName("have the figures of one machine, bit for bit, though their sums are of parts")
    void evaluate() {
        ImageJob.Evaluation evaluation =
                ImageJob.ofSplit(saved, experiment, Split.TEST).evaluate(new InThisProcess(), SAMPLES);
        try (VaeModel<?> model = model()) {
            RandomStreams streams = experiment.get(RandomStreams.class);
            assertEquals(
                    Evaluator.evaluate(
                            model,
                            saved.config().loss().beta(),
                            new EvaluationBatches(
                                    images(), 2, model.noisePerImage(), streams, Split.TEST.evaluationNoise())),
                    evaluation.sum().mean());
            assertEquals(
                    new ImageScoring(images(), Split.TEST, streams)
                            .withLikelihood(model, 2, SAMPLES).stream()
                                    .map(score -> score.likelihood().orElseThrow())
                                    .toList(),
                    evaluation.likelihoods());
        }
    }

    @Test
    @DisplayName("leave the table as it was, without a trace beside it, if a part fails")
    void failure() throws IOException {
        Path table = Files.writeString(folder.resolve("table.csv"), "old");
        InThisProcess cluster = new InThisProcess();
        cluster.failing = true;
        ImageJob job = ImageJob.ofSplit(saved, experiment, Split.TEST);
        assertThrows(RunFailedException.class, () -> job.encode(cluster, table.toString()));
        assertEquals("old", Files.readString(table));
        assertNothingLeft();
    }

    @Test
    @DisplayName("are not begun if the table cannot be written, or is of no known kind")
    void wrongTable() throws IOException {
        InThisProcess cluster = new InThisProcess();
        ImageJob job = ImageJob.ofSplit(saved, experiment, Split.TEST);
        String missing = folder.resolve("missing/table.csv").toString();
        InvalidInputException unwritable =
                assertThrows(InvalidInputException.class, () -> job.encode(cluster, missing));
        assertTrue(unwritable.getMessage().startsWith("--out " + missing + ": found a file that cannot be written"));
        InvalidInputException unknown = assertThrows(
                InvalidInputException.class,
                () -> job.encode(cluster, folder.resolve("table.txt").toString()));
        assertTrue(unknown.getMessage().contains("FILE.csv for one file, FOLDER.parquet for a folder of parts"));
        Path taken = Files.createDirectories(folder.resolve("taken.csv"));
        InvalidInputException inTheWay =
                assertThrows(InvalidInputException.class, () -> job.encode(cluster, taken.toString()));
        assertEquals(
                "--out " + taken + ": found a folder, expected a file, there or not; remove it, or name another one",
                inTheWay.getMessage());
        assertEquals(0, cluster.parts);
    }

    private static void assertNothingLeft() throws IOException {
        try (var files = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("."))
                            .toList());
        }
    }

    /** Does the parts in this process, the last one first. */
    private static final class InThisProcess implements Cluster, TaskPlace {
        private int parts;
        private boolean failing;

        @Override
        public List<Object> run(
                String name,
                Class<? extends ClusterTask> task,
                Map<String, Object> settings,
                List<?> all,
                IntConsumer done) {
            List<Object> results = new ArrayList<>(Collections.nCopies(all.size(), null));
            for (int part = all.size() - 1; part >= 0; part--) {
                if (failing && part == 0) {
                    throw new RunFailedException("lost");
                }
                try {
                    ClusterTask made = task.getConstructor().newInstance();
                    results.set(
                            part,
                            made.run(settings, List.<Object>of(all.get(part)).iterator(), this)
                                    .next());
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                }
                parts++;
                done.accept(part);
            }
            return results;
        }

        @Override
        public List<Object> run(String name, Class<? extends ClusterTask> task, Map<String, Object> settings) {
            return run(name, task, settings, List.of(name));
        }

        @Override
        public int threads() {
            return 1;
        }

        @Override
        public void requireThreads() {
            // The reference engine has one always.
        }

        @Override
        public int slots() {
            return 2;
        }

        @Override
        public SharedFolder folder(String path) {
            return new Local(Path.of(path));
        }

        @Override
        public void cancel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // Nothing is open.
        }

        @Override
        public String host() {
            return "here";
        }

        @Override
        public Path home() {
            return folder;
        }

        @Override
        public Path scratch() {
            return folder;
        }

        @Override
        public int attempt() {
            return 0;
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }

    private record Local(Path at) implements SharedFolder {
        @Override
        public String path() {
            return at.toString();
        }

        @Override
        public Optional<Path> local() {
            return Optional.of(at);
        }

        @Override
        public SharedFolder folder(String name) {
            return new Local(at.resolve(name));
        }

        @Override
        public List<String> files() {
            return List.of();
        }

        @Override
        public boolean has(String name) {
            return Files.exists(at.resolve(name));
        }

        @Override
        public boolean isFolder(String name) {
            return Files.isDirectory(at.resolve(name));
        }

        @Override
        public void fetch(String name, Path target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void put(Path source, String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String read(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(String name, String text) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void remove(String name) throws IOException {
            Files.delete(at.resolve(name));
        }

        @Override
        public void make() throws IOException {
            Files.createDirectories(at);
        }

        @Override
        public void requireWritable() throws IOException {
            Files.delete(Files.createTempFile(at, ".", ".tmp"));
        }

        @Override
        public void remove() throws IOException {
            for (String name : at.toFile().list()) {
                Files.delete(at.resolve(name));
            }
            Files.delete(at);
        }
    }
}
