package dev.vaelab.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.experiment.AverageConfig;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.LossConfig;
import dev.vaelab.api.experiment.ModelConfig;
import dev.vaelab.api.experiment.TrainingConfig;
import dev.vaelab.api.experiment.Widths;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.random.RandomStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 23 images to train on and 7 to validate: with batches of 5, epochs of five steps. */
@DisplayName("The training loop, asked for more,")
final class TrainerOptionsTest {
    private static final int IMAGES = 30;
    private static final int VALIDATION = 7;
    private static final String WEIGHT = "encoder.conv1.weight";

    @TempDir
    private Path folder;

    /** Ends like a process that is killed. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** A clock that each step moves on by a second. */
    private static final class Watcher implements TrainingListener {
        private final List<EpochMetrics> epochs = new ArrayList<>();
        private final List<String> starts = new ArrayList<>();
        private final StopRequest stop = new StopRequest();
        private long seconds;
        private int stepsBeforeKill = Integer.MAX_VALUE;

        @Override
        public void epochStarted(int epoch, int stepsDone, int steps) {
            starts.add("epoch " + epoch + " at " + stepsDone + " of " + steps);
        }

        @Override
        public void stepDone(Figures figures, int images) {
            seconds++;
            if (--stepsBeforeKill < 0) {
                throw new Killed();
            }
        }

        @Override
        public void epochFinished(EpochMetrics metrics, VaeModel<?> model) {
            epochs.add(metrics);
        }

        @Override
        public void timeIsOver(TrainingProgress progress) {
            starts.add("over in epoch " + progress.epoch() + " at " + progress.batches());
        }

        private long nanoseconds() {
            return Duration.ofSeconds(seconds).toNanos();
        }
    }

    @Test
    @DisplayName("ends when its time is over, after the batch in work, and counts what it has come to as an epoch")
    void timeIsOver() throws IOException {
        double[] losses = {0, 0, 0, 0, 0, 6, 0, 5};
        RecordingModel model = new RecordingModel(steps -> losses[steps]);
        Watcher watcher = new Watcher();
        TrainingResult result = train(limited("7s"), checkpoints("limited"), watcher, model, TrainingProgress.START);
        assertTrue(result.finished());
        assertEquals(2, result.epochs());
        assertEquals(7, model.batches().size());
        assertEquals(List.of("epoch 1 at 0 of 5", "epoch 2 at 0 of 5", "over in epoch 2 at 2"), watcher.starts);
        assertEquals(2, result.progress().bestEpoch());
        assertEquals(
                List.of(5L, 7L),
                watcher.epochs.stream().map(EpochMetrics::steps).toList());
        assertEquals(
                List.of(true, true),
                watcher.epochs.stream().map(EpochMetrics::best).toList());
        assertEquals(5, watcher.epochs.get(1).validation().reconstruction());
        assertArrayEquals(
                model.weights().values(WEIGHT),
                best("limited").loadBest(RecordingModel.ARCHITECTURE).values(WEIGHT));
    }

    @Test
    @DisplayName("keeps an earlier epoch as the best where the time has cut a worse one short")
    void earlierIsBest() throws IOException {
        double[] losses = {0, 0, 0, 0, 0, 5, 0, 6};
        Watcher watcher = new Watcher();
        RecordingModel model = new RecordingModel(steps -> losses[steps]);
        TrainingResult result = train(limited("7s"), checkpoints("earlier"), watcher, model, TrainingProgress.START);
        assertEquals(1, result.progress().bestEpoch());
        assertFalse(watcher.epochs.get(1).best());
    }

    @Test
    @DisplayName(
            "goes on with more time within the epoch that was cut short, and ends as if it had had it from the beginning")
    void moreTime() throws IOException {
        Watcher expected = new Watcher();
        RecordingModel uninterrupted = new RecordingModel();
        train(limited("12s"), checkpoints("at once"), expected, uninterrupted, TrainingProgress.START);
        for (int seconds = 1; seconds < 12; seconds++) {
            String name = "after " + seconds;
            CheckpointFolder checkpoints = checkpoints(name);
            Watcher first = new Watcher();
            train(limited(seconds + "s"), checkpoints, first, new RecordingModel(), TrainingProgress.START);
            Checkpoint latest = latest(checkpoints);
            assertEquals(Duration.ofSeconds(seconds), latest.progress().time());
            byte[] best = Files.readAllBytes(checkpoints.best());
            checkpoints.completeBest(latest, RecordingModel.ARCHITECTURE);
            assertArrayEquals(best, Files.readAllBytes(checkpoints.best()), "the best state is what it was");

            Watcher again = new Watcher();
            RecordingModel judged = restored(latest);
            train(limited(seconds + "s"), checkpoints, again, judged, latest.progress());
            assertEquals(List.of(), judged.batches(), "no time is left");
            assertArrayEquals(best, Files.readAllBytes(checkpoints.best()));

            Watcher second = new Watcher();
            RecordingModel resumed = restored(latest);
            TrainingResult result = train(limited("12s"), checkpoints, second, resumed, latest.progress());
            assertTrue(result.finished());
            assertEquals(12 - seconds, resumed.batches().size(), "time of both sittings counts");
            assertArrayEquals(
                    uninterrupted.weights().values(WEIGHT), resumed.weights().values(WEIGHT));
            assertEquals(
                    last(expected).training().toString(),
                    last(second).training().toString());
        }
    }

    @Test
    @DisplayName("without validation images, takes what it has come to when its time is over for the result")
    void withoutValidation() throws IOException {
        RecordingModel model = new RecordingModel();
        TrainingConfig training = limited("8s");
        CheckpointFolder checkpoints = checkpoints("unvalidated");
        TrainingResult result = train(config(0, training), checkpoints, new Watcher(), model, TrainingProgress.START);
        assertTrue(result.finished());
        assertEquals(2, result.progress().bestEpoch());
        assertEquals(result.progress(), latest(checkpoints).progress());
        assertArrayEquals(
                model.weights().values(WEIGHT),
                checkpoints.loadBest(RecordingModel.ARCHITECTURE).values(WEIGHT));
    }

    @Test
    @DisplayName("saves its state every so many steps, from which a run that was killed goes on bit for bit")
    void checkpointEvery() throws IOException {
        TrainingConfig every = new TrainingConfig(3, 5, null, null, null, null, null, null, null, 3);
        RecordingModel uninterrupted = new RecordingModel();
        Watcher expected = new Watcher();
        train(every, checkpoints("undisturbed"), expected, uninterrupted, TrainingProgress.START);
        List<String> places = new ArrayList<>();
        for (int steps = 3; steps < 15; steps++) {
            CheckpointFolder checkpoints = checkpoints("killed after " + steps);
            Watcher killed = new Watcher();
            killed.stepsBeforeKill = steps;
            try {
                train(every, checkpoints, killed, new RecordingModel(), TrainingProgress.START);
            } catch (Killed e) {
                // As it was meant to be.
            }
            Checkpoint latest = latest(checkpoints);
            places.add(latest.progress().epoch() + "." + latest.progress().batches());
            RecordingModel resumed = restored(latest);
            Watcher after = new Watcher();
            train(every, checkpoints, after, resumed, latest.progress());
            assertArrayEquals(
                    uninterrupted.weights().values(WEIGHT), resumed.weights().values(WEIGHT));
            assertEquals(
                    last(expected).validation().toString(),
                    last(after).validation().toString());
        }
        assertEquals(
                List.of("1.3", "1.3", "2.0", "2.1", "2.1", "2.1", "2.4", "3.0", "3.0", "3.2", "3.2", "3.2"), places);
    }

    @Test
    @DisplayName("gives steps of several batches the images, noise and settings that one large batch would have")
    void accumulates() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        RecordingModel model = new RecordingModel() {
            @Override
            public Figures step(List<Batch> batches, StepSettings settings) {
                sizes.add(batches.size());
                return super.step(batches, settings);
            }
        };
        Watcher watcher = new Watcher();
        TrainingConfig training = new TrainingConfig(2, 5, null, null, null, null, 2, null, null, null);
        train(training, checkpoints("accumulated"), watcher, model, TrainingProgress.START);
        assertEquals(List.of(2, 2, 1, 2, 2, 1), sizes);
        assertEquals(List.of("epoch 1 at 0 of 3", "epoch 2 at 0 of 3"), watcher.starts);
        assertEquals(
                List.of(3L, 6L),
                watcher.epochs.stream().map(EpochMetrics::steps).toList());

        RecordingModel large = new RecordingModel();
        TrainingConfig whole = new TrainingConfig(2, 10, null, null, null, null);
        Watcher expected = new Watcher();
        train(whole, checkpoints("whole"), expected, large, TrainingProgress.START);
        assertEquals(values(large.batches(), true), values(model.batches(), true));
        assertEquals(values(large.batches(), false), values(model.batches(), false));
        List<Double> betas = large.betas().stream().distinct().toList();
        assertEquals(betas, model.betas().stream().distinct().toList());
    }

    @Test
    @DisplayName("validates and keeps the average of the weights, and trains on with the weights themselves")
    void averages() throws IOException {
        TrainingConfig averaging =
                new TrainingConfig(3, 5, null, null, null, null, null, new AverageConfig(0.75), null, null);
        RecordingModel model = new RecordingModel().averaging();
        Watcher watcher = new Watcher();
        CheckpointFolder checkpoints = checkpoints("averaged");
        train(averaging, checkpoints, watcher, model, TrainingProgress.START);
        RecordingModel plain = new RecordingModel();
        Watcher unaveraged = new Watcher();
        train(
                new TrainingConfig(3, 5, null, null, null, null),
                checkpoints("plain"),
                unaveraged,
                plain,
                TrainingProgress.START);
        assertArrayEquals(plain.weights().values(WEIGHT), model.weights().values(WEIGHT));
        assertEquals(
                last(unaveraged).training().toString(), last(watcher).training().toString());
        assertFalse(last(unaveraged).validation().equals(last(watcher).validation()));

        Checkpoint latest = latest(checkpoints);
        assertArrayEquals(model.weights().values(WEIGHT), latest.weights().values(WEIGHT));
        float average = model.averagedWeights().orElseThrow().values(WEIGHT)[0];
        assertEquals(average, latest.average().orElseThrow().values(WEIGHT)[0]);
        assertEquals(3, latest.progress().bestEpoch());
        assertEquals(average, checkpoints.loadBest(RecordingModel.ARCHITECTURE).values(WEIGHT)[0]);
    }

    /** Pixels or noise of all images, in the order in which they were trained on. */
    private static List<Float> values(List<Batch> batches, boolean images) {
        List<Float> values = new ArrayList<>();
        for (Batch batch : batches) {
            for (float value : images ? batch.images() : batch.noise()) {
                values.add(value);
            }
        }
        return values;
    }

    private static EpochMetrics last(Watcher watcher) {
        return watcher.epochs.get(watcher.epochs.size() - 1);
    }

    private static TrainingConfig limited(String time) {
        return new TrainingConfig(3, 5, null, null, null, null, null, null, time, null);
    }

    private static RecordingModel restored(Checkpoint checkpoint) {
        RecordingModel model = new RecordingModel();
        checkpoint.restore(model);
        return model;
    }

    private static Checkpoint latest(CheckpointFolder checkpoints) {
        return checkpoints.loadLast(RecordingModel.ARCHITECTURE, OptimizerSettings.ADAM);
    }

    private CheckpointFolder best(String name) {
        return new CheckpointFolder(folder.resolve(name));
    }

    private CheckpointFolder checkpoints(String name) throws IOException {
        return new CheckpointFolder(Files.createDirectory(folder.resolve(name)));
    }

    private static TrainingResult train(
            TrainingConfig training,
            CheckpointFolder checkpoints,
            Watcher watcher,
            RecordingModel model,
            TrainingProgress start) {
        return train(config(VALIDATION, training), checkpoints, watcher, model, start);
    }

    private static TrainingResult train(
            ExperimentConfig config,
            CheckpointFolder checkpoints,
            Watcher watcher,
            RecordingModel model,
            TrainingProgress start) {
        DataSplits data = DataSplits.of(dataset(), config.dataset(), new RandomStreams(config.seed()));
        return new Trainer(config, data, checkpoints, List.of(watcher), watcher.stop, watcher::nanoseconds)
                .train(model, start);
    }

    private static ExperimentConfig config(int validation, TrainingConfig training) {
        return new ExperimentConfig(
                "test",
                7L,
                "recording",
                new DatasetConfig("test", null, null, null, validation, null, null, null),
                new ModelConfig(null, 2, List.of(1), Widths.of(1), null, null, null),
                null,
                null,
                new LossConfig(null, null, 2.0, 2, null, null),
                training,
                null);
    }

    /** Images that differ in their first pixel. */
    private static Dataset dataset() {
        ImageShape shape = new ImageShape(1, 4, 4);
        byte[] pixels = new byte[IMAGES * shape.size()];
        for (int image = 0; image < IMAGES; image++) {
            pixels[image * shape.size()] = (byte) (image + 1);
        }
        LabelledImages images = new LabelledImages(shape, pixels, new byte[IMAGES]);
        return new Dataset("test", images, images, Map.of());
    }
}
