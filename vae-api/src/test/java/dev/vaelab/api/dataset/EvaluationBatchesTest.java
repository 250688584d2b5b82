package dev.vaelab.api.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The batches of an evaluation")
class EvaluationBatchesTest {
    private static final int LATENT = 3;

    private final RandomStreams streams = new RandomStreams(42);

    @ParameterizedTest(name = "batches of {0}")
    @ValueSource(ints = {1, 7, 128, 300, 1000})
    @DisplayName("give the images in their order, each with the same noise whatever the batch size")
    void independentOfBatchSize(int batchSize) {
        List<Batch> batches = batches(NumberedImages.all(300), batchSize, Purpose.TEST_NOISE);
        assertArrayEquals(IntStream.range(0, 300).toArray(), NumberedImages.numbers(joined(batches, Batch::images)));
        assertArrayEquals(streams.gaussian(300 * LATENT, Purpose.TEST_NOISE), joined(batches, Batch::noise));
    }

    @Test
    @DisplayName("give an image the same noise when fewer images follow it")
    void independentOfWhatFollows() {
        float[] few = joined(batches(NumberedImages.all(10), 4, Purpose.TEST_NOISE), Batch::noise);
        float[] many = joined(batches(NumberedImages.all(300), 128, Purpose.TEST_NOISE), Batch::noise);
        assertArrayEquals(few, Arrays.copyOf(many, few.length));
    }

    @Test
    @DisplayName("are the same every time that they are asked for")
    void repeat() {
        EvaluationBatches batches =
                new EvaluationBatches(NumberedImages.all(10), 4, LATENT, streams, Purpose.VALIDATION_NOISE);
        Batch once = batches.iterator().next();
        Batch again = batches.iterator().next();
        assertArrayEquals(once.images(), again.images());
        assertArrayEquals(once.noise(), again.noise());
    }

    @Test
    @DisplayName("are counted with the last, partial one")
    void count() {
        EvaluationBatches batches =
                new EvaluationBatches(NumberedImages.all(10), 4, LATENT, streams, Purpose.TEST_NOISE);
        assertEquals(3, batches.count());
        List<Integer> counts = new ArrayList<>();
        batches.forEach(batch -> counts.add(batch.count()));
        assertEquals(List.of(4, 4, 2), counts);
    }

    @ParameterizedTest
    @EnumSource(Split.class)
    @DisplayName("have noise of their own for each part of the data set")
    void noiseOfASplit(Split split) {
        float[] expected = streams.gaussian(
                LATENT,
                switch (split) {
                    case TRAIN -> Purpose.TRAINING_EVALUATION_NOISE;
                    case VALIDATION -> Purpose.VALIDATION_NOISE;
                    case TEST -> Purpose.TEST_NOISE;
                });
        List<Batch> batches = batches(NumberedImages.all(1), 1, split.evaluationNoise());
        assertArrayEquals(expected, batches.get(0).noise());
    }

    private List<Batch> batches(ImageSubset images, int batchSize, Purpose noise) {
        List<Batch> batches = new ArrayList<>();
        new EvaluationBatches(images, batchSize, LATENT, streams, noise).forEach(batches::add);
        return batches;
    }

    private static float[] joined(List<Batch> batches, Function<Batch, float[]> part) {
        int length =
                batches.stream().mapToInt(batch -> part.apply(batch).length).sum();
        float[] joined = new float[length];
        int position = 0;
        for (Batch batch : batches) {
            float[] values = part.apply(batch);
            System.arraycopy(values, 0, joined, position, values.length);
            position += values.length;
        }
        return joined;
    }
}
