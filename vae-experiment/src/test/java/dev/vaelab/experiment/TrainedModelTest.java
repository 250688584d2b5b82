package dev.vaelab.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunResult;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiment.wiring.ModelFactory;
import dev.vaelab.experiment.wiring.SavedModel;
import dev.vaelab.training.likelihood.ImageLikelihood;
import dev.vaelab.training.score.ImageScore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A trained model in a Java program")
final class TrainedModelTest {
    private static final int LATENT = 2;
    private static final int SIDE = SmallDigits.SIDE;

    @TempDir
    private static Path folder;

    private static Path run;
    private static Path conditional;

    @BeforeAll
    static void train() throws IOException {
        Path file = Files.writeString(
                folder.resolve("tiny.yaml"), """
                name: tiny
                backend: reference
                dataset: {name: idx, path: "%s", validation: 4}
                model: {network: mlp, latent: 2, hidden: 4, activation: tanh}
                training: {epochs: 1, batchSize: 4}
                """.formatted(SmallDigits.write(folder.resolve("digits"))));
        run = folder.resolve("run");
        conditional = folder.resolve("conditional");
        Experiment experiment = Experiment.load(file);
        experiment.train(run);
        experiment.with("model.condition", "label").train(conditional);
    }

    @Test
    @DisplayName("draws from a mixture that is fitted to the training images once, and kept in the run")
    void mixture() throws IOException {
        Path own = folder.resolve("of-mixture");
        Experiment.load(run.resolve("config.json")).train(own);
        float[] drawn;
        try (TrainedModel model = TrainedModel.open(own)) {
            drawn = model.sampleMixture(2, 3, 5).pixels()[2];
            assertArrayEquals(drawn, model.sampleMixture(2, 4, 5).pixels()[2]);
            assertFalse(Arrays.equals(drawn, model.sample(3, 5).pixels()[2]));
            assertEquals(
                    "count: found 0, expected at least 1",
                    problem(() -> model.sampleMixture(2, 0, 1)).toString());
            assertEquals(
                    "components: found 1000, expected at most as many as training images, which are "
                            + model.images(Split.TRAIN).count(),
                    problem(() -> model.sampleMixture(1000, 1, 1)).toString());
        }
        assertTrue(Files.exists(own.resolve("gmm-2.json")));
        try (TrainedModel model = TrainedModel.open(own, Map.of("dataset.path", folder.resolve("nowhere")))) {
            assertThrows(InvalidInputException.class, () -> model.sampleMixture(3, 1, 1));
        }
        try (TrainedModel model = TrainedModel.open(own)) {
            assertArrayEquals(drawn, model.sampleMixture(2, 3, 5).pixels()[2]);
        }
    }

    @Test
    @DisplayName("says what it takes: the shape of its images, the size of its latents, how many classes it knows")
    void facts() {
        try (TrainedModel model = TrainedModel.open(run);
                TrainedModel labelled = TrainedModel.open(conditional)) {
            assertEquals(new ImageShape(1, SIDE, SIDE), model.imageShape());
            assertEquals(LATENT, model.latent());
            assertEquals(0, model.classes());
            assertEquals(SmallDigits.CLASSES, labelled.classes());
            assertEquals("tiny", model.config().name());
        }
    }

    @Test
    @DisplayName("encodes arrays, pictures and its own images alike")
    void encodes() {
        try (TrainedModel model = TrainedModel.open(run)) {
            Images digits = model.images(Split.TEST);
            Encoding encoding = model.encode(digits);
            assertEquals(10, encoding.count());
            assertEquals(LATENT, encoding.means()[0].length);
            assertTrue(encoding.deviations()[9][1] > 0);
            assertFalse(Arrays.equals(encoding.means()[0], encoding.means()[1]));
            assertArrayEquals(encoding.means(), model.encode(digits.pixels()).means());
            assertArrayEquals(
                    encoding.deviations(), model.encode(digits.pixels()).deviations());
            BufferedImage[] pictures = {digits.picture(0), digits.picture(1)};
            assertArrayEquals(
                    Arrays.copyOf(encoding.means(), 2), model.encode(pictures).means());
        }
    }

    @Test
    @DisplayName("decodes means to what it reconstructs, in arrays and in pictures")
    void decodes() {
        try (TrainedModel model = TrainedModel.open(run)) {
            Images digits = model.images(Split.TEST);
            Images reconstructed = model.reconstruct(digits);
            assertClose(reconstructed, model.decode(model.encode(digits).means()));
            assertArrayEquals(reconstructed.labels(), digits.labels());
            assertArrayEquals(
                    reconstructed.pixels(), model.reconstruct(digits.pixels()).pixels());
            assertClose(reconstructed.select(3), model.reconstruct(digits.picture(3)));
            BufferedImage picture = reconstructed.picture(3);
            assertEquals(SIDE, picture.getWidth());
            assertEquals(
                    Math.round(255 * reconstructed.pixels(3)[SIDE + 1]),
                    picture.getRaster().getSample(1, 1, 0));
        }
    }

    /** Posterior means are float32 between the two halves of the model, and what the engine has within it. */
    private static void assertClose(Images expected, Images found) {
        assertEquals(expected.count(), found.count());
        for (int image = 0; image < expected.count(); image++) {
            assertArrayEquals(expected.pixels(image), found.pixels(image), 1e-5f);
        }
    }

    @Test
    @DisplayName("draws the same images of the same seed, and of a smaller count the first ones")
    void samples() {
        try (TrainedModel model = TrainedModel.open(run)) {
            Images drawn = model.sample(6, 3);
            assertEquals(6, drawn.count());
            assertEquals(0, drawn.labels().length);
            assertArrayEquals(drawn.select(0, 1, 2).pixels(), model.sample(3, 3).pixels());
            assertFalse(Arrays.equals(drawn.pixels(0), model.sample(1, 4).pixels(0)));
            BufferedImage grid = drawn.grid(4);
            assertEquals(2 + 4 * (80 + 2), grid.getWidth());
            assertEquals(2 + 2 * (80 + 2), grid.getHeight());
        }
    }

    @Test
    @DisplayName("scores test images by what the run ends with in the mean, and bounds it by a likelihood if asked to")
    void scores() {
        RunResult result = RunResult.read(new RunFolder(run));
        try (TrainedModel model = TrainedModel.open(run)) {
            Images digits = model.images(Split.TEST);
            List<ImageScore> scores = model.score(digits);
            assertEquals(result.test().reconstruction(), mean(scores, ImageScore::reconstruction), 1e-4);
            assertEquals(result.test().kl(), mean(scores, ImageScore::kl), 1e-4);
            assertEquals(scores, model.score(digits.pixels()));
            assertEquals(scores.get(0), model.score(digits.picture(0)).get(0));
            for (ImageScore score : model.score(digits, 20)) {
                ImageLikelihood likelihood = score.likelihood().orElseThrow();
                assertTrue(likelihood.logLikelihood() > likelihood.elbo(), likelihood.toString());
            }
        }
    }

    private static double mean(List<ImageScore> scores, ToDoubleFunction<ImageScore> value) {
        return scores.stream().mapToDouble(value).average().orElseThrow();
    }

    @Test
    @DisplayName("that is conditional takes labels with images and latents, and makes other images of other labels")
    void labels() {
        try (TrainedModel model = TrainedModel.open(conditional)) {
            Images digits = model.images(Split.TEST);
            Images unlabelled = model.images(digits.pixels());
            assertEquals(model.score(digits), model.score(unlabelled.labelled(digits.labels())));
            assertNotEquals(model.score(digits), model.score(unlabelled.labelled(1)));
            assertClose(
                    model.reconstruct(digits), model.decode(model.encode(digits).means(), digits.labels()));
            Images drawn = model.sample(3, 5, 2, 1);
            assertArrayEquals(new int[] {2, 2, 2, 1, 1, 1}, drawn.labels());
            assertFalse(Arrays.equals(drawn.pixels(0), drawn.pixels(3)));

            assertEquals(
                    Problem.of("labels", "none", "a label from 0 to 2 for each, on which the model is conditioned"),
                    problem(() -> model.encode(unlabelled)));
            assertEquals(
                    Problem.of("labels", "none", "a label from 0 to 2 for each, on which the model is conditioned"),
                    problem(() -> model.sample(3, 5)));
            assertEquals(
                    Problem.of("labels[0]", "3", "a label from 0 to 2, which the model knows"),
                    problem(() -> model.decode(new float[2][LATENT], 3)));
            assertEquals(
                    Problem.of("labels", "3 for 10 images", "one for each image, or one for all"),
                    problem(() -> digits.labelled(1, 2, 3)));
        }
    }

    @Test
    @DisplayName("names what does not fit it: lengths, sizes of pictures, values, labels that it does not know")
    void refuses() {
        try (TrainedModel model = TrainedModel.open(run)) {
            float[] right = new float[SIDE * SIDE];
            assertEquals(
                    Problem.of("images[1]", "100 values", "64 values, as an image of 1x8x8 has"),
                    problem(() -> model.encode(right, new float[100])));
            assertEquals(
                    Problem.of("images[0]", "the value 255.0", "values from 0 (black) to 1 (white)"),
                    problem(() -> model.images(filled(SIDE * SIDE, 255))));
            assertEquals(
                    Problem.of("images[0]", "the value NaN", "values from 0 (black) to 1 (white)"),
                    problem(() -> model.score(filled(SIDE * SIDE, Float.NaN))));
            assertEquals(
                    Problem.of(
                            "images[0]",
                            "a picture 20 high and 30 wide",
                            "one 8 high and 8 wide, as the model has them"),
                    problem(() -> model.encode(new BufferedImage(30, 20, BufferedImage.TYPE_BYTE_GRAY))));
            assertEquals(
                    Problem.of("latents[0]", "3 values", "2 values, one for each dimension"),
                    problem(() -> model.decode(new float[3])));
            assertEquals(
                    Problem.of("latents[0]", "the value Infinity", "finite numbers"),
                    problem(() -> model.decode(new float[] {0, Float.POSITIVE_INFINITY})));
            assertEquals(
                    new Problem(
                            "labels",
                            "1",
                            "none, since the model knows no labels",
                            "a model that is trained with model.condition: label knows them"),
                    problem(() -> model.sample(1, 1, 7)));
            assertEquals(Problem.of("count", "0", "at least 1"), problem(() -> model.sample(0, 1)));
            assertEquals(Problem.of("samples", "0", "at least 1"), problem(() -> model.score(model.images(right), 0)));
            assertEquals(Problem.of("images", "none", "at least one"), problem(() -> model.score(new float[0][])));
            Images others = new Images(new ImageShape(1, 10, 10), new float[100]);
            assertEquals(
                    Problem.of("images", "images of 1x10x10", "images of 1x8x8, as the model has them"),
                    problem(() -> model.reconstruct(others)));
        }
    }

    @Test
    @DisplayName("names an image that is null by its place")
    void nothing() {
        try (TrainedModel model = TrainedModel.open(run)) {
            float[] image = new float[SIDE * SIDE];
            assertEquals(
                    "images[1]",
                    assertThrows(NullPointerException.class, () -> model.encode(image, null))
                            .getMessage());
            BufferedImage picture = null;
            assertEquals(
                    "images[0]",
                    assertThrows(NullPointerException.class, () -> model.encode(picture))
                            .getMessage());
        }
    }

    private static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }

    private static Problem problem(Executable wrong) {
        return assertThrows(InvalidInputException.class, wrong).problems().get(0);
    }

    @Test
    @DisplayName("is opened with other settings than those of its run, and refuses wrong ones by their names")
    void settings() {
        try (TrainedModel model = TrainedModel.open(run, Map.of("dataset.test", 3))) {
            assertEquals(3, model.images(Split.TEST).count());
        }
        assertEquals(
                "setting backend",
                problem(() -> TrainedModel.open(run, Map.of("backend", "abacus")))
                        .place());
        assertEquals(folder.toString(), problem(() -> TrainedModel.open(folder)).place());
    }

    @Test
    @DisplayName("is made of weights from anywhere by the experiment that they belong to")
    void weights() {
        Experiment experiment = Experiment.load(run.resolve("config.json"));
        try (TrainedModel expected = TrainedModel.open(run);
                TrainedModel model = experiment.open(run.resolve("checkpoints/best.safetensors"))) {
            assertArrayEquals(expected.sample(2, 1).pixels(), model.sample(2, 1).pixels());
        }
        assertThrows(
                InvalidInputException.class,
                () -> experiment.with("model.hidden", 5).open(run.resolve("checkpoints/best.safetensors")));
    }

    @Test
    @DisplayName("is closed once, and says so to whoever still asks it")
    void closed() {
        TrainedModel model = TrainedModel.open(run);
        model.close();
        model.close();
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> model.decode(new float[LATENT]));
        assertEquals(
                "the model of " + run.resolve("checkpoints/best.safetensors") + " is closed", failure.getMessage());
    }

    @Test
    @DisplayName("gives many threads what it gives one, bit for bit")
    void threads() throws Exception {
        try (TrainedModel model = TrainedModel.open(run)) {
            Images digits = model.images(Split.TEST);
            float[][] means = model.encode(digits).means();
            float[][] drawn = model.sample(4, 1).pixels();
            List<ImageScore> scores = model.score(digits);
            List<FutureTask<Boolean>> callers = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                callers.add(started(() -> {
                    for (int round = 0; round < 3; round++) {
                        assertArrayEquals(means, model.encode(digits).means());
                        assertArrayEquals(drawn, model.sample(4, 1).pixels());
                        assertEquals(scores, model.score(digits));
                    }
                    return true;
                }));
            }
            for (FutureTask<Boolean> caller : callers) {
                assertTrue(caller.get());
            }
        }
    }

    @Test
    @DisplayName("lets two threads into the engine one after the other, and does what is asked for before it closes")
    void turns() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        TrainedModel model = watched(() -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            entered.countDown();
            release.await();
            inside.decrementAndGet();
            return null;
        });
        Callable<Images> work = () -> model.sample(1, 1);
        FutureTask<Images> first = started(work);
        entered.await();
        FutureTask<Images> second = new FutureTask<>(work);
        awaitWaiting(new Thread(second));
        Thread closing = new Thread(model::close);
        awaitWaiting(closing);
        release.countDown();
        assertArrayEquals(first.get().pixels(), second.get().pixels());
        closing.join();
        assertEquals(1, most.get());
        assertThrows(IllegalStateException.class, () -> model.sample(1, 1));
    }

    private static <R> FutureTask<R> started(Callable<R> work) {
        FutureTask<R> task = new FutureTask<>(work);
        new Thread(task).start();
        return task;
    }

    /** Starts a thread and goes on once it waits: for its turn, or within the engine. */
    private static void awaitWaiting(Thread thread) {
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    /** The model of the run, whose engine does something whenever latents are drawn. */
    private static TrainedModel watched(Callable<?> whenDrawn) {
        Laboratory laboratory = Laboratory.open();
        RunFolder folder = RunFolder.open(run);
        SavedModel saved = SavedModel.ofRun(
                laboratory, folder, laboratory.loader().load(laboratory.loader().read(folder.config())), note -> {});
        return TrainedModel.of(saved, experiment -> {
            VaeModel<?> model = experiment.get(ModelFactory.class).withWeights(saved.tensors(experiment));
            return (VaeModel<?>) Proxy.newProxyInstance(
                    TrainedModelTest.class.getClassLoader(),
                    new Class<?>[] {VaeModel.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("drawFromPrior")) {
                            whenDrawn.call();
                        }
                        try {
                            return method.invoke(model, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        });
    }
}
