package dev.vaelab.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.model.Encoder;
import dev.vaelab.api.model.Posterior;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Latent statistics")
final class LatentStatisticsTest {
    private static final int PIXELS = RecordingModel.ARCHITECTURE.image().size();

    /** Encodes an image to the posterior that its first pixels spell: two means, then two log-variances. */
    private static final class SpellingModel extends RecordingModel {
        @Override
        public Encoder<float[]> encoder(int... labels) {
            return (images, phase) -> new Posterior<>(pixels(images, 0), pixels(images, 2));
        }

        private static float[] pixels(float[] images, int first) {
            float[] values = new float[images.length / PIXELS * 2];
            for (int index = 0; index < values.length; index++) {
                values[index] = images[index / 2 * PIXELS + first + index % 2];
            }
            return values;
        }
    }

    @Test
    @DisplayName("are means over all images of all batches, and a dimension is active if its mean depends on the image")
    void sumsUp() {
        Batch two = batch(new float[][] {{1, 0.5f, 0, 0}, {-1, 0.5f, 0, 0}});
        Batch one = batch(new float[][] {{3, 0.5f, 0, (float) Math.log(2)}});
        LatentStatistics statistics = LatentStatistics.measure(new SpellingModel(), List.of(two, one));

        assertEquals(3, statistics.images());
        LatentStatistics.Dimension first = statistics.dimensions().get(0);
        assertEquals((0.5 + 0.5 + 4.5) / 3, first.kl(), 1e-12);
        assertEquals(8.0 / 3, first.varianceOfMeans(), 1e-12);
        assertTrue(first.active());
        LatentStatistics.Dimension second = statistics.dimensions().get(1);
        assertEquals((3 * 0.125 + (2 - 1 - Math.log(2)) / 2) / 3, second.kl(), 1e-7);
        assertEquals(0, second.varianceOfMeans(), 1e-12);
        assertFalse(second.active());
        assertEquals(1, statistics.activeUnits());
    }

    @Test
    @DisplayName("of no image are refused")
    void empty() {
        assertThrows(
                IllegalStateException.class, () -> LatentStatistics.measure(new SpellingModel(), List.<Batch>of()));
    }

    private static Batch batch(float[][] posteriors) {
        float[] images = new float[posteriors.length * PIXELS];
        for (int image = 0; image < posteriors.length; image++) {
            System.arraycopy(posteriors[image], 0, images, image * PIXELS, posteriors[image].length);
        }
        return new Batch(posteriors.length, images, new float[posteriors.length * 2]);
    }
}
