package dev.vaelab.training.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.InitialWeights;
import dev.vaelab.api.network.Layer.Activation.Function;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.backend.reference.ReferenceBackend;
import dev.vaelab.training.StopRequest;
import dev.vaelab.training.model.ModelRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An estimate of the likelihood")
final class LikelihoodEstimationTest {
    private static final ImageShape SHAPE = new ImageShape(1, 2, 3);
    private static final Architecture ARCHITECTURE = Architecture.mlp(SHAPE, List.of(4), Function.TANH, 2);
    private static final RandomStreams STREAMS = new RandomStreams(3);
    private static final int IMAGES = 7;
    private static final int SAMPLES = 10;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 9, 10, 11, 29, 70, 1000})
    @DisplayName("is the same whatever is decoded at once, and every sample is counted once")
    void pieces(int rows) {
        Recorder whole = estimate(SAMPLES, IMAGES * SAMPLES, 0, Integer.MAX_VALUE);
        Recorder pieces = estimate(SAMPLES, rows, 0, Integer.MAX_VALUE);
        assertEquals(IMAGES * SAMPLES, pieces.samples);
        assertSame(whole.likelihoods, pieces.likelihoods);
        // And there is something to get wrong.
        assertTrue(whole.likelihoods.get(0).effectiveSamples() < SAMPLES - 0.001);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 10, 25})
    @DisplayName("that was stopped after any image goes on with what an uninterrupted one would have estimated")
    void goesOn(int rows) {
        List<ImageLikelihood> whole = estimate(SAMPLES, rows, 0, Integer.MAX_VALUE).likelihoods;
        for (int stopAfter = 1; stopAfter < IMAGES; stopAfter++) {
            List<ImageLikelihood> parts = new ArrayList<>(estimate(SAMPLES, rows, 0, stopAfter).likelihoods);
            assertTrue(parts.size() >= stopAfter && parts.size() <= IMAGES, parts.toString());
            parts.addAll(estimate(SAMPLES, rows, parts.size(), Integer.MAX_VALUE).likelihoods);
            assertEquals(whole, parts);
        }
    }

    @Test
    @DisplayName("is exact where posterior and prior are the same and latents tell the decoder nothing")
    void exact() {
        Recorder recorder = new Recorder(new StopRequest(), Integer.MAX_VALUE);
        try (VaeModel<?> model = ModelRequest.of(ARCHITECTURE, zero()).create(new ReferenceBackend())) {
            estimation(SAMPLES, 1000).run(model, 0, recorder.stop, recorder);
        }
        for (ImageLikelihood likelihood : recorder.likelihoods) {
            // Logits are 0, so that any pixel costs log 2.
            assertEquals(-SHAPE.size() * Math.log(2), likelihood.logLikelihood(), 1e-6);
            assertEquals(likelihood.logLikelihood(), likelihood.elbo(), 1e-6);
            assertEquals(0, likelihood.variance(), 1e-9);
            assertEquals(SAMPLES, likelihood.effectiveSamples(), 1e-6);
        }
    }

    @Test
    @DisplayName("with more samples is tighter, and its error over other draws is what it says")
    void converges() {
        double rough = mean(estimate(2, 1000, 0, Integer.MAX_VALUE).likelihoods);
        List<ImageLikelihood> fine = estimate(4000, 1000, 0, Integer.MAX_VALUE).likelihoods;
        List<ImageLikelihood> finest = estimate(40_000, 1000, 0, Integer.MAX_VALUE).likelihoods;
        assertTrue(rough < mean(fine));
        for (int image = 0; image < IMAGES; image++) {
            double deviation = Math.sqrt(fine.get(image).variance());
            double difference =
                    Math.abs(fine.get(image).logLikelihood() - finest.get(image).logLikelihood());
            assertTrue(difference < 4 * deviation, difference + " of " + deviation);
            assertEquals(Math.sqrt(10), deviation / Math.sqrt(finest.get(image).variance()), 0.5);
        }
    }

    @Test
    @DisplayName("sums weights of any size, however far apart they are")
    void sums() {
        ImportanceSum sum = new ImportanceSum();
        List.of(-5000.0, -4000.0, Double.NEGATIVE_INFINITY, -4000 + Math.log(3)).forEach(sum::add);
        ImageLikelihood likelihood = sum.estimate();
        assertEquals(-4000, likelihood.logLikelihood(), 1e-12);
        assertEquals(16.0 / 10, likelihood.effectiveSamples(), 1e-12);
        // Of 0, 1, 0 and 3: the mean is 1 and the variance of the mean 6/4/3.
        assertEquals(0.5, likelihood.variance(), 1e-12);
        assertEquals(Double.NEGATIVE_INFINITY, likelihood.elbo());
    }

    @Test
    @DisplayName(
            "of a stretch of the images are bit for bit those of the whole if it begins with images that are worked on at once")
    void stretch() {
        int atOnce = LikelihoodEstimation.imagesAtOnce(ARCHITECTURE, 200);
        assertEquals(2, atOnce);
        byte[] pixels = new byte[IMAGES * SHAPE.size()];
        for (int index = 0; index < pixels.length; index++) {
            pixels[index] = (byte) (index * 37);
        }
        ImageSubset images = new ImageSubset(
                new LabelledImages(SHAPE, pixels, new byte[IMAGES]),
                IntStream.range(0, IMAGES).toArray());
        int[] behind = IntStream.range(atOnce, IMAGES).toArray();
        Recorder whole = new Recorder(new StopRequest(), Integer.MAX_VALUE);
        Recorder stretch = new Recorder(new StopRequest(), Integer.MAX_VALUE);
        try (VaeModel<?> model = ModelRequest.of(ARCHITECTURE, weights()).create(new ReferenceBackend())) {
            new LikelihoodEstimation(images, Split.TEST, STREAMS, 200).run(model, 0, whole.stop, whole);
            new LikelihoodEstimation(images.select(behind), atOnce, Split.TEST, STREAMS, 200)
                    .run(model, 0, stretch.stop, stretch);
        }
        assertEquals(whole.likelihoods.subList(atOnce, IMAGES), stretch.likelihoods);
    }

    private static Recorder estimate(int samples, int rows, int from, int stopAfter) {
        Recorder recorder = new Recorder(new StopRequest(), stopAfter);
        try (VaeModel<?> model = ModelRequest.of(ARCHITECTURE, weights()).create(new ReferenceBackend())) {
            estimation(samples, rows).run(model, from, recorder.stop, recorder);
        }
        return recorder;
    }

    private static LikelihoodEstimation estimation(int samples, int rows) {
        byte[] pixels = new byte[IMAGES * SHAPE.size()];
        for (int index = 0; index < pixels.length; index++) {
            pixels[index] = (byte) (index * 37);
        }
        LabelledImages images = new LabelledImages(SHAPE, pixels, new byte[IMAGES]);
        int[] all = IntStream.range(0, IMAGES).toArray();
        return new LikelihoodEstimation(
                new ImageSubset(images, all), Split.TEST, STREAMS, samples, architecture -> rows);
    }

    /** Larger than those of a new model, so that latents make a difference. */
    private static NamedTensors weights() {
        return scaled(3);
    }

    private static NamedTensors zero() {
        return scaled(0);
    }

    private static NamedTensors scaled(float factor) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        InitialWeights.draw(ARCHITECTURE, STREAMS).asMap().forEach((name, tensor) -> {
            float[] values = tensor.values().clone();
            for (int index = 0; index < values.length; index++) {
                values[index] *= factorOf(name, factor);
            }
            tensors.put(name, new Tensor(tensor.shape(), values));
        });
        return new NamedTensors(tensors);
    }

    /** Posteriors as wide as the prior and near it: others can leave the variance of the weights without a limit. */
    private static float factorOf(String name, float factor) {
        if (name.startsWith("encoder.log_variance.")) {
            return 0;
        }
        return name.startsWith("encoder.") ? factor / 6 : factor;
    }

    private static double mean(List<ImageLikelihood> likelihoods) {
        return likelihoods.stream()
                .mapToDouble(ImageLikelihood::logLikelihood)
                .average()
                .orElseThrow();
    }

    private static void assertSame(List<ImageLikelihood> expected, List<ImageLikelihood> found) {
        assertEquals(expected.size(), found.size());
        for (int image = 0; image < found.size(); image++) {
            assertEquals(expected.get(image).logLikelihood(), found.get(image).logLikelihood(), 1e-6);
            assertEquals(expected.get(image).elbo(), found.get(image).elbo(), 1e-6);
        }
    }

    /** Notes what it is told, and asks for a stop once so many images are done. */
    private static final class Recorder implements LikelihoodEstimation.Listener {
        private final List<ImageLikelihood> likelihoods = new ArrayList<>();
        private final StopRequest stop;
        private final int stopAfter;
        private long samples;

        Recorder(StopRequest stop, int stopAfter) {
            this.stop = stop;
            this.stopAfter = stopAfter;
        }

        @Override
        public void sampled(long count) {
            samples += count;
        }

        @Override
        public void estimated(List<ImageLikelihood> done) {
            likelihoods.addAll(done);
            if (likelihoods.size() >= stopAfter) {
                stop.request();
            }
        }
    }
}
