package dev.vaelab.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.EarlyStoppingConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.LossConfig;
import dev.vaelab.api.experiment.ModelConfig;
import dev.vaelab.api.experiment.ScheduleConfig;
import dev.vaelab.api.experiment.TrainingConfig;
import dev.vaelab.api.experiment.Widths;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.weights.NamedTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The training loop")
final class TrainerTest {
    private static final int IMAGES = 30;
    private static final int VALIDATION = 7;
    private static final int BATCH_SIZE = 5;

    @TempDir
    private Path folder;

    /** Keeps the metrics, and asks for a stop after as many steps as it is told. */
    private static final class Watcher implements TrainingListener {
        private final List<EpochMetrics> epochs = new ArrayList<>();
        private final List<String> calls = new ArrayList<>();
        private final StopRequest stop = new StopRequest();
        private int stepsLeft;

        Watcher(int stopAfter) {
            stepsLeft = stopAfter;
        }

        @Override
        public void epochStarted(int epoch, int batchesDone, int batches) {
            calls.add("start " + epoch + " at " + batchesDone + " of " + batches);
        }

        @Override
        public void stepDone(Figures figures, int images) {
            if (--stepsLeft == 0) {
                stop.request();
            }
        }

        @Override
        public void validationStarted() {
            calls.add("validate");
        }

        @Override
        public void epochFinished(EpochMetrics metrics, VaeModel<?> model) {
            calls.add("finish " + metrics.epoch());
            epochs.add(metrics);
        }
    }

    @Test
    @DisplayName("shows every training image once an epoch, in another order each, the last partial batch included")
    void everyImageOnceAnEpoch() throws IOException {
        RecordingModel model = new RecordingModel();
        train(model, 2, "whole");
        List<Integer> counts = model.batches().stream().map(Batch::count).toList();
        assertEquals(List.of(5, 5, 5, 5, 3, 5, 5, 5, 5, 3), counts);
        List<Float> first = firstPixels(model.batches().subList(0, 5));
        List<Float> second = firstPixels(model.batches().subList(5, 10));
        assertEquals(IMAGES - VALIDATION, first.stream().distinct().count());
        assertEquals(first.stream().sorted().toList(), second.stream().sorted().toList());
        assertFalse(first.equals(second), "both epochs have the same order");
    }

    @Test
    @DisplayName("keeps the weights of the epoch with the lowest validation loss, not of the last one")
    void keepsTheBest() throws IOException {
        int perEpoch = 5;
        double[] losses = {9, 4, 6, 5};
        RecordingModel model = new RecordingModel(steps -> losses[steps / perEpoch - 1]);
        Watcher watcher = new Watcher(0);
        TrainingResult result = trainer(4, checkpoints("best"), watcher).train(model, TrainingProgress.START);
        assertTrue(result.finished());
        assertEquals(2, result.progress().bestEpoch());
        assertEquals(4.0 + 2 * 1, result.progress().bestLoss(), "reconstruction + beta * KL");
        assertEquals(
                List.of(true, true, false, false),
                watcher.epochs.stream().map(EpochMetrics::best).toList());
        RecordingModel untilTheBest = new RecordingModel(steps -> losses[steps / perEpoch - 1]);
        train(untilTheBest, 2, "two");
        assertArrayEquals(
                untilTheBest.weights().values("encoder.conv1.weight"),
                new CheckpointFolder(folder.resolve("best"))
                        .loadBest(RecordingModel.ARCHITECTURE)
                        .values("encoder.conv1.weight"));
    }

    @Test
    @DisplayName("gives the same metrics and weights whether it was stopped and resumed at any step or not")
    void resumesExactly() throws IOException {
        RecordingModel uninterrupted = new RecordingModel();
        Watcher expected = new Watcher(0);
        trainer(3, checkpoints("uninterrupted"), expected).train(uninterrupted, TrainingProgress.START);
        for (int stopAfter = 1; stopAfter <= 15; stopAfter++) {
            CheckpointFolder checkpoints = checkpoints("stopped-" + stopAfter);
            Watcher before = new Watcher(stopAfter);
            TrainingResult stopped =
                    trainer(3, checkpoints, before).train(new RecordingModel(), TrainingProgress.START);
            // A stop during the very last step finds nothing left but its validation, which the resumed training does.
            assertFalse(stopped.finished(), "stopped after step " + stopAfter);
            Checkpoint checkpoint = checkpoints.loadLast(RecordingModel.ARCHITECTURE, OptimizerSettings.ADAM);
            RecordingModel resumed = new RecordingModel();
            resumed.loadWeights(checkpoint.weights());
            resumed.loadOptimizerState(checkpoint.optimizer());
            Watcher after = new Watcher(0);
            TrainingResult result = trainer(3, checkpoints, after).train(resumed, checkpoint.progress());
            assertTrue(result.finished());
            List<EpochMetrics> epochs = new ArrayList<>(before.epochs);
            epochs.addAll(after.epochs);
            assertEquals(figures(expected.epochs), figures(epochs), "stopped after step " + stopAfter);
            assertArrayEquals(
                    uninterrupted.weights().values("encoder.conv1.weight"),
                    resumed.weights().values("encoder.conv1.weight"));
        }
    }

    @Test
    @DisplayName("ends validation too when it is asked to stop, and does all of it after the resume")
    void stopsInValidation() throws IOException {
        CheckpointFolder checkpoints = checkpoints("validating");
        Watcher before = new Watcher(0);
        RecordingModel interrupted = new RecordingModel(steps -> {
            before.stop.request();
            return 5;
        });
        assertFalse(trainer(1, checkpoints, before)
                .train(interrupted, TrainingProgress.START)
                .finished());
        assertEquals(List.of(), before.epochs);
        Checkpoint checkpoint = checkpoints.loadLast(RecordingModel.ARCHITECTURE, OptimizerSettings.ADAM);
        assertEquals(1, checkpoint.progress().epoch());
        assertEquals(5, checkpoint.progress().batches());

        RecordingModel resumed = new RecordingModel(steps -> 5);
        resumed.loadOptimizerState(checkpoint.optimizer());
        Watcher after = new Watcher(0);
        assertTrue(trainer(1, checkpoints, after)
                .train(resumed, checkpoint.progress())
                .finished());
        Watcher expected = new Watcher(0);
        trainer(1, checkpoints("undisturbed"), expected).train(new RecordingModel(steps -> 5), TrainingProgress.START);
        assertEquals(figures(expected.epochs), figures(after.epochs));
    }

    @Test
    @DisplayName(
            "records an epoch before its state, and its state before it is the best: a crash in between loses neither")
    void crashBetweenFiles() throws IOException {
        CheckpointFolder checkpoints = checkpoints("crashed");
        Files.createDirectories(checkpoints.last().resolve("in the way"));
        Watcher first = new Watcher(0);
        assertThrows(
                RunFailedException.class,
                () -> trainer(1, checkpoints, first).train(new RecordingModel(), TrainingProgress.START));
        assertEquals(1, first.epochs.size());
        assertFalse(Files.exists(checkpoints.best()));

        Files.delete(checkpoints.last().resolve("in the way"));
        Files.delete(checkpoints.last());
        Files.createDirectories(checkpoints.best().resolve("in the way"));
        RecordingModel model = new RecordingModel();
        assertThrows(
                RunFailedException.class,
                () -> trainer(1, checkpoints, new Watcher(0)).train(model, TrainingProgress.START));
        Files.delete(checkpoints.best().resolve("in the way"));
        Files.delete(checkpoints.best());
        Checkpoint latest = checkpoints.loadLast(RecordingModel.ARCHITECTURE, OptimizerSettings.ADAM);
        assertEquals(1, latest.progress().bestEpoch());
        checkpoints.completeBest(latest, RecordingModel.ARCHITECTURE);
        train(new RecordingModel(), 1, "sound");
        assertArrayEquals(
                Files.readAllBytes(new CheckpointFolder(folder.resolve("sound")).best()),
                Files.readAllBytes(checkpoints.best()));
    }

    @Test
    @DisplayName("goes on after each epoch with what its checkpoint holds, though the model computes with more digits")
    void hiddenDigits() throws IOException {
        RecordingModel model = new RecordingModel() {
            private double hidden;

            @Override
            public Figures step(Batch batch, StepSettings settings) {
                hidden += 1;
                Figures figures = super.step(batch, settings);
                return new Figures(figures.reconstruction() + hidden, figures.kl());
            }

            @Override
            public void loadWeights(NamedTensors weights) {
                super.loadWeights(weights);
                hidden = 0;
            }
        };
        Watcher watcher = new Watcher(0);
        trainer(2, checkpoints("hidden"), watcher).train(model, TrainingProgress.START);
        Watcher plain = new Watcher(0);
        trainer(2, checkpoints("plain"), plain).train(new RecordingModel(), TrainingProgress.START);
        for (int epoch = 0; epoch < 2; epoch++) {
            assertEquals(
                    plain.epochs.get(epoch).training().reconstruction()
                            + (1 * 5 + 2 * 5 + 3 * 5 + 4 * 5 + 5 * 3) / 23.0,
                    watcher.epochs.get(epoch).training().reconstruction(),
                    1e-9);
        }
    }

    @Test
    @DisplayName("leaves the best state alone when the latest one is not it")
    void bestIsNotTheLatest() throws IOException {
        CheckpointFolder checkpoints = checkpoints("older");
        RecordingModel model = new RecordingModel(steps -> steps);
        trainer(2, checkpoints, new Watcher(0)).train(model, TrainingProgress.START);
        byte[] best = Files.readAllBytes(checkpoints.best());
        checkpoints.completeBest(
                checkpoints.loadLast(RecordingModel.ARCHITECTURE, OptimizerSettings.ADAM), RecordingModel.ARCHITECTURE);
        assertArrayEquals(best, Files.readAllBytes(checkpoints.best()));
    }

    @Test
    @DisplayName("stops at a loss that is not a number, says the step, and keeps the last good checkpoint")
    void stopsAtNaN() throws IOException {
        CheckpointFolder checkpoints = checkpoints("nan");
        RecordingModel model = new RecordingModel() {
            @Override
            public Figures step(Batch batch, StepSettings settings) {
                Figures figures = super.step(batch, settings);
                return batches().size() == 8 ? new Figures(Double.NaN, 1) : figures;
            }
        };
        RunFailedException failure = assertThrows(
                RunFailedException.class,
                () -> trainer(3, checkpoints, new Watcher(0)).train(model, TrainingProgress.START));
        assertEquals(
                "the loss became NaN at step 8 (epoch 2, batch 3 of 5): reconstruction NaN, kl 1.0; the checkpoints of the"
                        + " last complete epoch are kept in " + folder.resolve("nan")
                        + "; a lower training.optimizer.learningRate may help",
                failure.getMessage());
        assertEquals(
                2,
                checkpoints
                        .loadLast(RecordingModel.ARCHITECTURE, OptimizerSettings.ADAM)
                        .progress()
                        .epoch());
    }

    @Test
    @DisplayName("stops at a validation loss that is not a number")
    void stopsAtNaNInValidation() throws IOException {
        RecordingModel model = new RecordingModel(steps -> Double.POSITIVE_INFINITY);
        RunFailedException failure = assertThrows(
                RunFailedException.class,
                () -> trainer(3, checkpoints("infinite"), new Watcher(0)).train(model, TrainingProgress.START));
        assertEquals(
                "the validation loss became Infinity after epoch 1; no epoch was complete, so there is no checkpoint; a"
                        + " lower training.optimizer.learningRate may help",
                failure.getMessage());
    }

    @Test
    @DisplayName("tells its listeners of beginnings, validations and ends in their order")
    void tellsListeners() throws IOException {
        Watcher watcher = new Watcher(0);
        trainer(2, checkpoints("told"), watcher).train(new RecordingModel(), TrainingProgress.START);
        assertEquals(
                List.of("start 1 at 0 of 5", "validate", "finish 1", "start 2 at 0 of 5", "validate", "finish 2"),
                watcher.calls);
    }

    @Test
    @DisplayName("early stopping ends the training after patience epochs without an improvement of more than minDelta")
    void stopsEarly() throws IOException {
        int perEpoch = 5;
        double[] losses = {9, 8, 7.8, 7.6, 7.4, 1};
        RecordingModel model = new RecordingModel(steps -> losses[steps / perEpoch - 1]);
        Watcher watcher = new Watcher(0);
        CheckpointFolder checkpoints = checkpoints("early");
        ExperimentConfig config = config(6, null, new EarlyStoppingConfig(2, 0.5));
        TrainingResult result = trainer(config, checkpoints, watcher).train(model, TrainingProgress.START);
        assertTrue(result.finished());
        assertEquals(4, result.epochs(), "7.8 and 7.6 lie less than 0.5 below 8");
        assertEquals(4, result.progress().bestEpoch(), "they are better all the same");

        Checkpoint checkpoint = checkpoints.loadLast(RecordingModel.ARCHITECTURE, OptimizerSettings.ADAM);
        TrainingResult again = trainer(config, checkpoints, new Watcher(0)).train(model, checkpoint.progress());
        assertEquals(4, again.epochs(), "a training that ended early has nothing left to do");
        ExperimentConfig patient = config(6, null, new EarlyStoppingConfig(3, 0.5));
        TrainingResult more = trainer(patient, checkpoints, new Watcher(0)).train(model, checkpoint.progress());
        assertEquals(6, more.epochs(), "7.4 is an improvement by more than 0.5");
    }

    @Test
    @DisplayName(
            "pauses after the epoch it is asked to, and goes on with the metrics and bytes of a training that never did")
    void pauses() throws IOException {
        ExperimentConfig config =
                config(5, new ScheduleConfig(ScheduleConfig.Name.COSINE, null, null, null, null, null), null);
        CheckpointFolder whole = checkpoints("whole");
        Watcher uninterrupted = new Watcher(0);
        trainer(config, whole, uninterrupted).train(new RecordingModel(), TrainingProgress.START);

        CheckpointFolder paused = checkpoints("paused");
        List<EpochMetrics> epochs = new ArrayList<>();
        TrainingProgress progress = TrainingProgress.START;
        RecordingModel model = new RecordingModel();
        for (int last : List.of(1, 3, 3, 5)) {
            Watcher watcher = new Watcher(0);
            watcher.stop.requestAfter(last);
            TrainingResult result = trainer(config, paused, watcher).train(model, progress);
            assertEquals(last, result.epochs());
            assertEquals(last == 5, result.finished());
            assertFalse(watcher.stop.requested());
            epochs.addAll(watcher.epochs);
            Checkpoint checkpoint = paused.loadLast(RecordingModel.ARCHITECTURE, OptimizerSettings.ADAM);
            progress = checkpoint.progress();
            model = new RecordingModel();
            model.loadWeights(checkpoint.weights());
            model.loadOptimizerState(checkpoint.optimizer());
        }

        assertEquals(figures(uninterrupted.epochs), figures(epochs));
        assertArrayEquals(Files.readAllBytes(whole.last()), Files.readAllBytes(paused.last()));
        assertArrayEquals(Files.readAllBytes(whole.best()), Files.readAllBytes(paused.best()));
    }

    @Test
    @DisplayName("learning rate and beta follow their schedules, and the best epoch is chosen by the final beta")
    void followsSchedules() throws IOException {
        RecordingModel model = new RecordingModel(steps -> steps);
        Watcher watcher = new Watcher(0);
        ExperimentConfig config =
                config(4, new ScheduleConfig(ScheduleConfig.Name.STEP, 2, 0.5, null, null, null), null);
        trainer(config, checkpoints("schedules"), watcher).train(model, TrainingProgress.START);
        assertEquals(
                List.of(0.001, 0.001, 0.0005, 0.0005),
                watcher.epochs.stream().map(EpochMetrics::learningRate).toList());
        assertEquals(
                List.of(2.0 / 3, 4.0 / 3, 2.0, 2.0),
                watcher.epochs.stream().map(EpochMetrics::beta).toList());
        for (EpochMetrics epoch : watcher.epochs) {
            assertEquals(epoch.validation().loss(), epoch.validationLoss());
        }
    }

    @Test
    @DisplayName("raises beta from step to step in a warm-up by steps, also behind a resume within an epoch")
    void warmsUpByStep() throws IOException {
        ExperimentConfig config = config(2, VALIDATION, new LossConfig(null, null, 2.0, null, 7, null), null, null);
        RecordingModel uninterrupted = new RecordingModel();
        Watcher watcher = new Watcher(0);
        trainer(config, checkpoints("warm"), watcher).train(uninterrupted, TrainingProgress.START);
        assertEquals(List.of(0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.0, 2.0), uninterrupted.betas());
        assertEquals(
                List.of(1.25, 2.0),
                watcher.epochs.stream().map(EpochMetrics::beta).toList(),
                "that of the last step of the epoch");

        CheckpointFolder checkpoints = checkpoints("warm-stopped");
        RecordingModel before = new RecordingModel();
        trainer(config, checkpoints, new Watcher(6)).train(before, TrainingProgress.START);
        Checkpoint checkpoint = checkpoints.loadLast(RecordingModel.ARCHITECTURE, OptimizerSettings.ADAM);
        RecordingModel after = new RecordingModel();
        after.loadWeights(checkpoint.weights());
        after.loadOptimizerState(checkpoint.optimizer());
        trainer(config, checkpoints, new Watcher(0)).train(after, checkpoint.progress());
        assertEquals(6, before.betas().size());
        assertEquals(uninterrupted.betas().subList(6, 10), after.betas());
    }

    @Test
    @DisplayName("without validation images keeps the last weights as the best, and has no figure of validation")
    void withoutValidation() throws IOException {
        ExperimentConfig config = config(3, 0, LossConfig.DEFAULT, null, null);
        RecordingModel uninterrupted = new RecordingModel();
        Watcher watcher = new Watcher(0);
        CheckpointFolder checkpoints = checkpoints("unvalidated");
        TrainingResult result = trainer(config, checkpoints, watcher).train(uninterrupted, TrainingProgress.START);
        assertTrue(result.finished());
        assertEquals(3, result.progress().bestEpoch());
        for (EpochMetrics epoch : watcher.epochs) {
            assertNull(epoch.validation());
            assertNull(epoch.validationLoss());
            assertTrue(epoch.best());
            assertEquals(0, epoch.validationSeconds());
        }
        assertEquals(
                IMAGES,
                uninterrupted.batches().subList(0, 6).stream()
                        .mapToInt(Batch::count)
                        .sum());
        assertArrayEquals(
                uninterrupted.weights().values("encoder.conv1.weight"),
                checkpoints.loadBest(RecordingModel.ARCHITECTURE).values("encoder.conv1.weight"));

        for (int stopAfter = 1; stopAfter < 3 * 6; stopAfter++) {
            CheckpointFolder stopped = checkpoints("unvalidated-" + stopAfter);
            Watcher before = new Watcher(stopAfter);
            trainer(config, stopped, before).train(new RecordingModel(), TrainingProgress.START);
            Checkpoint checkpoint = stopped.loadLast(RecordingModel.ARCHITECTURE, OptimizerSettings.ADAM);
            stopped.completeBest(checkpoint, RecordingModel.ARCHITECTURE);
            RecordingModel resumed = new RecordingModel();
            resumed.loadWeights(checkpoint.weights());
            resumed.loadOptimizerState(checkpoint.optimizer());
            Watcher after = new Watcher(0);
            trainer(config, stopped, after).train(resumed, checkpoint.progress());
            List<EpochMetrics> epochs = new ArrayList<>(before.epochs);
            epochs.addAll(after.epochs);
            assertEquals(figures(watcher.epochs), figures(epochs), "stopped after step " + stopAfter);
            assertArrayEquals(
                    uninterrupted.weights().values("encoder.conv1.weight"),
                    stopped.loadBest(RecordingModel.ARCHITECTURE).values("encoder.conv1.weight"));
        }
    }

    private void train(RecordingModel model, int epochs, String name) throws IOException {
        trainer(epochs, checkpoints(name), new Watcher(0)).train(model, TrainingProgress.START);
    }

    private CheckpointFolder checkpoints(String name) throws IOException {
        return new CheckpointFolder(Files.createDirectory(folder.resolve(name)));
    }

    private static Trainer trainer(int epochs, CheckpointFolder checkpoints, Watcher watcher) {
        return trainer(config(epochs, null, null), checkpoints, watcher);
    }

    private static Trainer trainer(ExperimentConfig config, CheckpointFolder checkpoints, Watcher watcher) {
        DataSplits data = DataSplits.of(dataset(), config.dataset(), new RandomStreams(config.seed()));
        return new Trainer(config, data, checkpoints, List.of(watcher), watcher.stop);
    }

    private static ExperimentConfig config(int epochs, ScheduleConfig schedule, EarlyStoppingConfig earlyStopping) {
        return config(epochs, VALIDATION, new LossConfig(null, null, 2.0, 2, null, null), schedule, earlyStopping);
    }

    private static ExperimentConfig config(
            int epochs, int validation, LossConfig loss, ScheduleConfig schedule, EarlyStoppingConfig earlyStopping) {
        return new ExperimentConfig(
                "test",
                7L,
                "recording",
                new DatasetConfig("test", null, null, null, validation, null, null, null),
                new ModelConfig(null, 2, List.of(1), Widths.of(1), null, null, null),
                null,
                null,
                loss,
                new TrainingConfig(epochs, BATCH_SIZE, null, schedule, null, earlyStopping),
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

    private static List<Float> firstPixels(List<Batch> batches) {
        return batches.stream()
                .flatMap(batch -> IntStream.range(0, batch.count()).mapToObj(image -> batch.images()[image * 16]))
                .toList();
    }

    private static List<String> figures(List<EpochMetrics> epochs) {
        return epochs.stream()
                .map(epoch -> epoch.epoch() + " " + epoch.steps() + " " + epoch.training() + " " + epoch.validation()
                        + " " + epoch.best())
                .toList();
    }
}
