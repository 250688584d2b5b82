package dev.vaelab.training.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.EvaluationBatches;
import dev.vaelab.api.dataset.ImageArray;
import dev.vaelab.api.dataset.ImageSequence;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.InitialWeights;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.model.Prior;
import dev.vaelab.api.model.Sampler;
import dev.vaelab.api.network.Layer.Activation.Function;
import dev.vaelab.api.random.GaussianStream;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.backend.reference.ReferenceBackend;
import dev.vaelab.training.Evaluator;
import dev.vaelab.training.FigureSum;
import dev.vaelab.training.StopRequest;
import dev.vaelab.training.likelihood.ImageLikelihood;
import dev.vaelab.training.likelihood.LikelihoodEstimation;
import dev.vaelab.training.model.ModelRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Scores of images")
final class ImageScoringTest {
    private static final ImageShape SHAPE = new ImageShape(1, 2, 3);
    private static final int LATENT = 2;
    private static final int CLASSES = 3;
    private static final RandomStreams STREAMS = new RandomStreams(3);
    private static final int IMAGES = 7;

    /** Of sums of float32. */
    private static final double ROUNDING = 1e-5;

    /** A part of the recipe replaced by each that there is, in a model that knows labels or not. */
    record Tried(Objective objective, int classes) {
        @Override
        public String toString() {
            return objective.loss().name() + ", " + objective.likelihood().name() + ", "
                    + objective.prior().name() + ", " + objective.sampler().name()
                    + (classes == 0 ? "" : ", conditional");
        }

        VaeModel<?> model() {
            Architecture networks = Architecture.mlp(SHAPE, List.of(4), Function.TANH, LATENT, classes);
            Architecture architecture = networks.withParts(objective.tensors(SHAPE, LATENT));
            return new ModelRequest(
                            architecture,
                            objective,
                            OptimizerSettings.ADAM,
                            Double.POSITIVE_INFINITY,
                            InitialWeights.draw(architecture, STREAMS),
                            () -> 40)
                    .create(new ReferenceBackend());
        }
    }

    static Stream<Tried> everyPart() {
        Objective recipe = ModelRequest.RECIPE;
        Stream<Objective> losses =
                all(Loss.class).map(loss -> new Objective(loss, recipe.likelihood(), recipe.prior(), recipe.sampler()));
        Stream<Objective> likelihoods = all(Likelihood.class)
                .map(likelihood -> new Objective(recipe.loss(), likelihood, recipe.prior(), recipe.sampler()));
        Stream<Objective> priors = all(Prior.class)
                .map(prior -> new Objective(recipe.loss(), recipe.likelihood(), prior, recipe.sampler()));
        Stream<Objective> samplers = all(Sampler.class)
                .map(sampler -> new Objective(recipe.loss(), recipe.likelihood(), recipe.prior(), sampler));
        return Stream.concat(
                Stream.of(losses, likelihoods, priors, samplers)
                        .flatMap(objectives -> objectives)
                        .map(objective -> new Tried(objective, 0)),
                Stream.of(new Tried(recipe, CLASSES)));
    }

    private static <P> Stream<P> all(Class<P> kind) {
        return ServiceLoader.load(kind).stream().map(ServiceLoader.Provider::get);
    }

    @ParameterizedTest
    @MethodSource("everyPart")
    @DisplayName("are those whose means an evaluation gives, with every shipped part")
    void agreeWithEvaluation(Tried tried) {
        try (VaeModel<?> model = tried.model()) {
            Figures figures = Evaluator.evaluate(
                    model,
                    0.5,
                    new EvaluationBatches(images(), 3, model.noisePerImage(), STREAMS, Split.TEST.evaluationNoise()));
            List<ImageScore> scores = scoring(images()).terms(model, 3, count -> {});
            assertEquals(IMAGES, scores.size());
            assertEquals(figures.reconstruction(), mean(scores, ImageScore::reconstruction), 1e-12);
            assertEquals(figures.kl(), mean(scores, ImageScore::kl), 1e-12);
            assertEquals(figures.total(), mean(scores, ImageScore::negativeElbo), 1e-12);
        }
    }

    @ParameterizedTest
    @MethodSource("everyPart")
    @DisplayName("do not depend on the images that are evaluated at once, with every shipped part")
    void whateverTheBatch(Tried tried) {
        try (VaeModel<?> model = tried.model()) {
            List<Integer> told = new ArrayList<>();
            List<ImageScore> whole = scoring(images()).terms(model, IMAGES, told::add);
            assertEquals(List.of(IMAGES), told);
            for (int batchSize : new int[] {1, 2, 3}) {
                List<ImageScore> pieces = scoring(images()).terms(model, batchSize, told::add);
                for (int image = 0; image < IMAGES; image++) {
                    assertEquals(
                            whole.get(image).reconstruction(), pieces.get(image).reconstruction(), ROUNDING);
                    assertEquals(whole.get(image).kl(), pieces.get(image).kl(), ROUNDING);
                }
            }
            assertEquals(4 * IMAGES, told.stream().mapToInt(Integer::intValue).sum());
            // And there is something to mix up.
            assertTrue(Math.abs(whole.get(0).reconstruction() - whole.get(1).reconstruction()) > 100 * ROUNDING);
        }
    }

    @ParameterizedTest
    @MethodSource("everyPart")
    @DisplayName("of a stretch that begins with a batch are bit for bit those of the whole, with every shipped part")
    void stretches(Tried tried) {
        try (VaeModel<?> model = tried.model()) {
            List<ImageScore> whole = scoring(images()).terms(model, 2, count -> {});
            List<FigureSum> sums = new ArrayList<>();
            List<ImageScore> joined = new ArrayList<>();
            for (int from : new int[] {0, 4}) {
                int until = Math.min(IMAGES, from + 4);
                ImageSequence stretch =
                        images().select(IntStream.range(from, until).toArray());
                EvaluationBatches batches = new EvaluationBatches(stretch, 2, model.noisePerImage(), () -> {
                    GaussianStream noise = STREAMS.openGaussian(Split.TEST.evaluationNoise());
                    noise.skip((long) from * model.noisePerImage());
                    return noise;
                });
                joined.addAll(ImageScoring.terms(model, batches, count -> {}));
                sums.addAll(Evaluator.batchSums(model, 0.5, batches));
            }
            assertEquals(whole, joined);
            Figures figures = Evaluator.evaluate(
                    model,
                    0.5,
                    new EvaluationBatches(images(), 2, model.noisePerImage(), STREAMS, Split.TEST.evaluationNoise()));
            assertEquals(
                    figures,
                    sums.stream().reduce(FigureSum.ZERO, FigureSum::plus).mean());
        }
    }

    @Test
    @DisplayName("have the likelihood that the estimator gives each image")
    void likelihood() {
        try (VaeModel<?> model = new Tried(ModelRequest.RECIPE, 0).model()) {
            List<ImageLikelihood> expected = new ArrayList<>();
            new LikelihoodEstimation(images(), Split.TEST, STREAMS, 5)
                    .run(model, 0, new StopRequest(), new LikelihoodEstimation.Listener() {
                        @Override
                        public void sampled(long count) {
                            // Nobody watches.
                        }

                        @Override
                        public void estimated(List<ImageLikelihood> likelihoods) {
                            expected.addAll(likelihoods);
                        }
                    });
            List<ImageScore> scores = scoring(images()).withLikelihood(model, 3, 5);
            assertEquals(
                    expected,
                    scores.stream()
                            .map(score -> score.likelihood().orElseThrow())
                            .toList());
            assertTrue(scores.stream().allMatch(ImageScore::finite));
        }
    }

    @Test
    @DisplayName("of images in an array are those of the same images in a data set, labels included")
    void arrays() {
        ImageSubset images = images();
        ImageSequence array = new ImageArray(SHAPE.size(), images.pixels(), images.labels());
        try (VaeModel<?> model = new Tried(ModelRequest.RECIPE, CLASSES).model()) {
            List<ImageScore> expected = scoring(images).withLikelihood(model, 3, 5);
            assertEquals(expected, scoring(array).withLikelihood(model, 3, 5));
            int[] others = IntStream.of(images.labels())
                    .map(label -> (label + 1) % CLASSES)
                    .toArray();
            ImageSequence relabelled = new ImageArray(SHAPE.size(), images.pixels(), others);
            List<ImageScore> found = scoring(relabelled).withLikelihood(model, 3, 5);
            assertTrue(IntStream.range(0, IMAGES)
                    .noneMatch(image -> Objects.equals(
                            expected.get(image).reconstruction(),
                            found.get(image).reconstruction())));
        }
    }

    private static ImageScoring scoring(ImageSequence images) {
        return new ImageScoring(images, Split.TEST, STREAMS);
    }

    private static double mean(List<ImageScore> scores, ToDoubleFunction<ImageScore> value) {
        return scores.stream().mapToDouble(value).average().orElseThrow();
    }

    /** In an order of their own, with a label each. */
    private static ImageSubset images() {
        byte[] pixels = new byte[IMAGES * SHAPE.size()];
        byte[] labels = new byte[IMAGES];
        for (int index = 0; index < pixels.length; index++) {
            pixels[index] = (byte) (index * 37);
        }
        for (int image = 0; image < IMAGES; image++) {
            labels[image] = (byte) (image % CLASSES);
        }
        return new ImageSubset(new LabelledImages(SHAPE, pixels, labels), 2, 0, 1, 6, 5, 4, 3);
    }
}
