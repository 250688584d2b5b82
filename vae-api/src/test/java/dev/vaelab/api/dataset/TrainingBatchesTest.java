package dev.vaelab.api.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.experiment.Binarization;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The batches of a training")
class TrainingBatchesTest {
    private static final int LATENT = 3;

    private final RandomStreams streams = new RandomStreams(42);
    private final TrainingBatches batches =
            new TrainingBatches(NumberedImages.all(1000), 128, LATENT, streams, Binarization.NONE);

    @Test
    @DisplayName("hold every image once in an epoch, the last batch what is left over")
    void coverAnEpoch() {
        List<Batch> epoch = epoch(1, 0);
        assertEquals(8, batches.perEpoch());
        assertEquals(
                List.of(128, 128, 128, 128, 128, 128, 128, 104),
                epoch.stream().map(Batch::count).toList());
        assertArrayEquals(
                IntStream.range(0, 1000).toArray(),
                epoch.stream()
                        .flatMapToInt(batch -> Arrays.stream(NumberedImages.numbers(batch.images())))
                        .sorted()
                        .toArray());
    }

    @Test
    @DisplayName("have no partial batch when the size divides the images")
    void evenEpoch() {
        assertEquals(
                4, new TrainingBatches(NumberedImages.all(512), 128, LATENT, streams, Binarization.NONE).perEpoch());
        assertEquals(1, new TrainingBatches(NumberedImages.all(1), 128, LATENT, streams, Binarization.NONE).perEpoch());
    }

    @Test
    @DisplayName("have the label of each image, wherever an epoch has it")
    void labels() {
        for (Batch batch : epoch(2, 0)) {
            assertArrayEquals(
                    Arrays.stream(NumberedImages.numbers(batch.images()))
                            .map(number -> number % 10)
                            .toArray(),
                    batch.labels());
        }
    }

    @Test
    @DisplayName("come in an order of their own in each epoch")
    void shuffles() {
        int[] first = NumberedImages.numbers(epoch(1, 0).get(0).images());
        int[] second = NumberedImages.numbers(epoch(2, 0).get(0).images());
        assertArrayEquals(Arrays.copyOf(streams.permutation(1000, Purpose.SHUFFLE, 1), 128), first);
        assertArrayEquals(Arrays.copyOf(streams.permutation(1000, Purpose.SHUFFLE, 2), 128), second);
        assertFalse(Arrays.equals(first, second));
    }

    @Test
    @DisplayName("are drawn afresh for each epoch by a stochastic binarization, alike wherever an epoch begins")
    void binarizes() {
        TrainingBatches binary =
                new TrainingBatches(NumberedImages.all(1000), 128, LATENT, streams, Binarization.STOCHASTIC);
        List<Batch> first = new ArrayList<>();
        binary.epoch(1, 0).forEachRemaining(first::add);
        for (Batch batch : first) {
            for (float pixel : batch.images()) {
                assertEquals(Math.round(pixel), pixel, "black or white");
            }
        }
        assertArrayEquals(
                first.get(5).images(), binary.epoch(1, 5).next().images(), "the same if the epoch begins here");
        int[] order = streams.permutation(1000, Purpose.SHUFFLE, 1);
        int[] orderOfSecond = streams.permutation(1000, Purpose.SHUFFLE, 2);
        assertFalse(
                Arrays.equals(sorted(order, first), sorted(orderOfSecond, collect(binary.epoch(2, 0)))),
                "the images of two epochs differ by more than their order");
    }

    private static List<Batch> collect(Iterator<Batch> batches) {
        List<Batch> collected = new ArrayList<>();
        batches.forEachRemaining(collected::add);
        return collected;
    }

    /** The second pixel of every image, which is its number without what is above 255, by the number of the image. */
    private static float[] sorted(int[] order, List<Batch> batches) {
        float[] pixels = new float[order.length];
        int next = 0;
        for (Batch batch : batches) {
            for (int image = 0; image < batch.count(); image++) {
                pixels[order[next++]] = batch.images()[2 * image + 1];
            }
        }
        return pixels;
    }

    @Test
    @DisplayName("have noise of their own for each epoch and batch")
    void drawsNoise() {
        List<Batch> epoch = epoch(3, 0);
        assertArrayEquals(
                streams.gaussian(128 * LATENT, Purpose.TRAINING_NOISE, 3, 0),
                epoch.get(0).noise());
        assertArrayEquals(
                streams.gaussian(104 * LATENT, Purpose.TRAINING_NOISE, 3, 7),
                epoch.get(7).noise());
    }

    @Test
    @DisplayName("go on after a resumption as if the epoch had not been interrupted")
    void resumes() {
        List<Batch> whole = epoch(2, 0);
        for (int first = 0; first <= batches.perEpoch(); first++) {
            List<Batch> rest = epoch(2, first);
            assertEquals(whole.size() - first, rest.size());
            for (int index = 0; index < rest.size(); index++) {
                assertArrayEquals(
                        whole.get(first + index).images(), rest.get(index).images());
                assertArrayEquals(
                        whole.get(first + index).noise(), rest.get(index).noise());
            }
        }
    }

    @Test
    @DisplayName("go on with the next epoch behind the last batch of one, without end")
    void goesOn() {
        Iterator<Batch> all = batches.allEpochs();
        for (int epoch = 1; epoch <= 3; epoch++) {
            for (Batch expected : epoch(epoch, 0)) {
                assertTrue(all.hasNext());
                Batch found = all.next();
                assertArrayEquals(expected.images(), found.images());
                assertArrayEquals(expected.noise(), found.noise());
            }
        }
        assertTrue(all.hasNext());
    }

    @Test
    @DisplayName("refuse epochs and batches that do not exist")
    void refusesStrangers() {
        assertEquals(
                "the first epoch is 1, found 0",
                assertThrows(IllegalArgumentException.class, () -> batches.epoch(0, 0))
                        .getMessage());
        assertEquals(
                "an epoch begins with a batch of 0 to 8, found 9",
                assertThrows(IllegalArgumentException.class, () -> batches.epoch(1, 9))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> batches.epoch(1, -1));
    }

    @Test
    @DisplayName("refuse to be planned without images, batch size or latent dimensions")
    void refusesEmptyPlans() {
        ImageSubset none = NumberedImages.all(0);
        ImageSubset some = NumberedImages.all(5);
        assertEquals(
                "batches need images, a batch size and latent dimensions, found 0, 128 and 3",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new TrainingBatches(none, 128, LATENT, streams, Binarization.NONE))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class, () -> new TrainingBatches(some, 0, LATENT, streams, Binarization.NONE));
        assertThrows(
                IllegalArgumentException.class, () -> new TrainingBatches(some, 128, 0, streams, Binarization.NONE));
    }

    private List<Batch> epoch(int epoch, int firstBatch) {
        List<Batch> found = new ArrayList<>();
        batches.epoch(epoch, firstBatch).forEachRemaining(found::add);
        return found;
    }
}
