package dev.vaelab.training.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A linear probe")
final class LinearProbeTest {
    private static final int CLASSES = 4;

    @Test
    @DisplayName("tells labels whose features lie apart, whatever the scales and the offsets of the features")
    void apart() {
        LinearProbe probe = LinearProbe.learn(clouds(1, 400, 0.05));
        assertEquals(new Accuracy(200, 200), probe.accuracy(clouds(2, 200, 0.05)));
    }

    @Test
    @DisplayName(
            "tells no more labels than are to be told: of two Gaussians that overlap, as many as the best line does")
    void overlap() {
        LabelledFeatures training = overlapping(3, 20_000);
        Accuracy found = LinearProbe.learn(training).accuracy(overlapping(4, 20_000));
        // N(-1, 1) against N(1, 1), cut at 0: the standard normal distribution up to 1.
        assertEquals(0.8413, found.value(), 3 * found.standardError());
    }

    @Test
    @DisplayName("tells the most frequent label where features tell nothing")
    void nothingTold() {
        int[] labels = new int[100];
        for (int row = 0; row < 100; row++) {
            labels[row] = row % 20 == 0 ? 7 : 3;
        }
        LabelledFeatures flat = new LabelledFeatures(2, new float[200], labels);
        assertEquals(new Accuracy(95, 100), LinearProbe.learn(flat).accuracy(flat));
    }

    @Test
    @DisplayName("is the same each time")
    void deterministic() {
        LabelledFeatures training = clouds(5, 300, 0.8);
        LabelledFeatures others = clouds(6, 300, 0.8);
        Accuracy first = LinearProbe.learn(training).accuracy(others);
        assertTrue(first.value() < 1, first.toString());
        assertEquals(first, LinearProbe.learn(training).accuracy(others));
    }

    @Test
    @DisplayName("does not learn from one label, or from what is not a number")
    void nothingToLearn() {
        assertThrows(
                IllegalArgumentException.class,
                () -> LinearProbe.learn(new LabelledFeatures(1, new float[] {1, 2}, new int[] {4, 4})));
        assertThrows(
                IllegalArgumentException.class,
                () -> LinearProbe.learn(new LabelledFeatures(1, new float[] {1, Float.NaN}, new int[] {4, 5})));
    }

    @Test
    @DisplayName("says how far a share of right labels may be off over other images")
    void standardError() {
        Accuracy accuracy = new Accuracy(90, 100);
        assertEquals(0.9, accuracy.value(), 1e-15);
        assertEquals(0.03, accuracy.standardError(), 1e-15);
        assertThrows(IllegalArgumentException.class, () -> new Accuracy(2, 1));
    }

    /** Around the corners of a square, one feature a thousand times as wide as the other and far from 0. */
    private static LabelledFeatures clouds(long seed, int count, double deviation) {
        float[] noise = new RandomStreams(seed).gaussian(2 * count, Purpose.GENERATION);
        float[] values = new float[2 * count];
        int[] labels = new int[count];
        for (int row = 0; row < count; row++) {
            labels[row] = row % CLASSES * 10;
            values[2 * row] = (float) (5000 + 1000 * ((row % CLASSES & 1) + deviation * noise[2 * row]));
            values[2 * row + 1] = (float) ((row % CLASSES >> 1) + deviation * noise[2 * row + 1]);
        }
        return new LabelledFeatures(2, values, labels);
    }

    private static LabelledFeatures overlapping(long seed, int count) {
        float[] values = new RandomStreams(seed).gaussian(count, Purpose.GENERATION);
        int[] labels = new int[count];
        for (int row = 0; row < count; row++) {
            labels[row] = row % 2;
            values[row] += row % 2 == 0 ? -1 : 1;
        }
        return new LabelledFeatures(1, values, labels);
    }
}
