package dev.vaelab.training.quality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.training.neighbours.Points;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The quality of samples")
class SampleQualityTest {
    private static final RandomStreams STREAMS = new RandomStreams(5);

    @Test
    @DisplayName(
            "by the Fréchet distance is the closed form for moments that are known: commuting covariances, and others")
    void closedForm() {
        // Corners have exact moments: mean, and variance 4/3 times the square of the half-width, as n - 1 divides.
        Points unit = corners(0, 0, 1, 1);
        assertEquals(0, FrechetDistance.between(unit, unit), 1e-12);
        // |(3, -1)|^2 + 4/3 ((2 - 1)^2 + (0.5 - 1)^2)
        assertEquals(10 + 4.0 / 3 * 1.25, FrechetDistance.between(unit, corners(3, -1, 2, 0.5f)), 1e-6);
        // S1 = 4/3 diag(1, 9), S2 = 4/3 [[5, 4], [4, 5]]: trace of (S1 S2)^(1/2) = 4/3 sqrt(tr(M) + 2 sqrt(det(M))), M
        // = S1 S2.
        Points wide = corners(0, 0, 1, 3);
        Points turned = new Points(2, new float[] {3, 3, -3, -3, 1, -1, -1, 1});
        double trace = 1 * 5 + 9 * 5;
        double determinant = 9 * 9;
        double expected = 4.0 / 3 * (10 + 10 - 2 * Math.sqrt(trace + 2 * Math.sqrt(determinant)));
        assertEquals(expected, FrechetDistance.between(wide, turned), 1e-6);
        assertEquals(expected, FrechetDistance.between(turned, wide), 1e-6);
    }

    private static Points corners(float x, float y, float halfWidth, float halfHeight) {
        return new Points(2, new float[] {
            x + halfWidth,
            y + halfHeight,
            x + halfWidth,
            y - halfHeight,
            x - halfWidth,
            y + halfHeight,
            x - halfWidth,
            y - halfHeight
        });
    }

    @Test
    @DisplayName("by the Fréchet distance is a number where features are constant")
    void singular() {
        Points flat = new Points(2, new float[] {0, 1, 2, 1, 4, 1});
        Points still = new Points(2, new float[] {2, 4, 2, 4, 2, 4});
        assertEquals(4 + 9, FrechetDistance.between(flat, still), 1e-9);
    }

    @Test
    @DisplayName(
            "is that of sets which are told apart by hand: one of two clusters is missed, and half of the samples are nowhere")
    void constructed() {
        // Data: six at 0, 1, ..., 5 and six at 100, ..., 105. Samples: six at 0.25, ..., 5.25, and six at 1000, ...,
        // 1005.
        Points data = line(0, 100);
        Points samples = line(0.25f, 1000);
        SampleQuality quality = SampleQuality.of(data, samples);
        assertEquals(0.5, quality.precision());
        assertEquals(0.5, quality.recall());
        assertEquals(0.5, quality.coverage());
        // Balls reach 5, 4, 3, 3, 4, 5 around 0, ..., 5: those that hold 0.25, ..., 5.25 are counted by hand.
        int balls = 0;
        int[] reach = {5, 4, 3, 3, 4, 5};
        for (int sample = 0; sample < 6; sample++) {
            for (int image = 0; image < 6; image++) {
                balls += Math.abs(sample + 0.25 - image) <= reach[image] ? 1 : 0;
            }
        }
        assertEquals(balls / 5.0 / 12, quality.density(), 1e-12);
    }

    private static Points line(float first, float second) {
        float[] values = new float[12];
        for (int index = 0; index < 6; index++) {
            values[index] = first + index;
            values[6 + index] = second + index;
        }
        return new Points(1, values);
    }

    @Test
    @DisplayName("of samples from the distribution of the data is near the best, and worse for narrower and wider ones")
    void ranks() {
        Points data = new Points(3, STREAMS.gaussian(900, Purpose.GENERATION, 1));
        float[] other = STREAMS.gaussian(900, Purpose.GENERATION, 2);
        SampleQuality same = SampleQuality.of(data, new Points(3, other));
        SampleQuality narrow = SampleQuality.of(data, scaled(other, 0.2f));
        SampleQuality wide = SampleQuality.of(data, scaled(other, 5));
        assertTrue(same.frechetDistance() < 0.2 && same.precision() > 0.9 && same.recall() > 0.9, same.toString());
        assertTrue(same.coverage() > 0.9 && Math.abs(same.density() - 1) < 0.15, same.toString());
        assertTrue(
                narrow.frechetDistance() > 1 && narrow.precision() > 0.95 && narrow.recall() < 0.2, narrow.toString());
        assertTrue(wide.frechetDistance() > 10 && wide.precision() < 0.5 && wide.coverage() < 0.5, wide.toString());
    }

    private static Points scaled(float[] values, float factor) {
        float[] scaled = new float[values.length];
        for (int index = 0; index < values.length; index++) {
            scaled[index] = factor * values[index];
        }
        return new Points(3, scaled);
    }

    @Test
    @DisplayName("is told of as many samples as images, and of more than there are neighbours")
    void refusals() {
        Points five = new Points(1, new float[] {1, 2, 3, 4, 5});
        assertEquals(
                "5 samples for 5 images",
                assertThrows(IllegalArgumentException.class, () -> SampleQuality.of(five, five))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> SampleQuality.of(line(0, 1), five));
    }

    @Test
    @DisplayName("rests on a classifier that learns what tells the labels apart, the same one each time")
    void classifier() {
        ImageSubset training = bars(600, 1);
        SmallClassifier classifier = SmallClassifier.train(training, STREAMS);
        ImageSubset others = bars(200, 2);
        assertTrue(classifier.accuracy(others) > 0.95, "accuracy " + classifier.accuracy(others));
        float[] features = classifier.features(others.pixels());
        assertEquals(200 * classifier.dimensions(), features.length);
        assertArrayEquals(features, SmallClassifier.train(training, STREAMS).features(others.pixels()));
    }

    /** Noise with a bright row, whose place is the label. */
    private static ImageSubset bars(int count, int stream) {
        UniformRandomProvider random = STREAMS.open(Purpose.GENERATION, stream);
        byte[] pixels = new byte[count * 36];
        byte[] labels = new byte[count];
        for (int image = 0; image < count; image++) {
            labels[image] = (byte) random.nextInt(6);
            for (int pixel = 0; pixel < 36; pixel++) {
                pixels[image * 36 + pixel] = (byte) (random.nextInt(120) + (pixel / 6 == labels[image] ? 100 : 0));
            }
        }
        return new ImageSubset(
                new LabelledImages(new ImageShape(1, 6, 6), pixels, labels),
                IntStream.range(0, count).toArray());
    }
}
