package dev.vaelab.report.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.random.RandomStreams;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The ends of interpolations")
final class InterpolationsTest {
    private final RandomStreams streams = new RandomStreams(3);

    @Test
    @DisplayName("are eight pairs of test images with different labels, no image twice")
    void differentLabels() {
        // By label, as folders of pictures come: the first images all have the same one.
        ImageSubset test = images(100, image -> image / 25);
        int[] ends = new Interpolations(test, streams).ends();
        assertEquals(16, ends.length);
        assertEquals(16, Arrays.stream(ends).distinct().count());
        for (int pair = 0; pair < ends.length; pair += 2) {
            assertNotEquals(test.label(ends[pair]), test.label(ends[pair + 1]));
        }
    }

    @Test
    @DisplayName("follow from the seed")
    void fromTheSeed() {
        ImageSubset test = images(100, image -> image % 10);
        int[] ends = new Interpolations(test, streams).ends();
        assertArrayEquals(ends, new Interpolations(test, new RandomStreams(3)).ends());
        assertNotEquals(Arrays.toString(ends), Arrays.toString(new Interpolations(test, new RandomStreams(4)).ends()));
    }

    @Test
    @DisplayName("are fewer pairs where one label is rare")
    void rareLabel() {
        assertEquals(4, new Interpolations(images(100, image -> image < 2 ? 1 : 0), streams).ends().length);
    }

    @Test
    @DisplayName("are any images where all have one label, and a single image is a pair with itself")
    void oneLabel() {
        int[] ends = new Interpolations(images(100, image -> 7), streams).ends();
        assertEquals(16, Arrays.stream(ends).distinct().count());
        assertEquals(2, new Interpolations(images(3, image -> 7), streams).ends().length);
        assertArrayEquals(new int[] {0, 0}, new Interpolations(images(1, image -> 7), streams).ends());
    }

    @Test
    @DisplayName(
            "of a conditional model have one label, no image twice; where no two have, an image is a pair with itself")
    void sameLabel() {
        ImageSubset test = images(100, image -> image % 10);
        int[] ends = new Interpolations(test, streams).endsOfOneLabel();
        assertEquals(16, Arrays.stream(ends).distinct().count());
        for (int pair = 0; pair < ends.length; pair += 2) {
            assertEquals(test.label(ends[pair]), test.label(ends[pair + 1]));
        }
        int[] alone = new Interpolations(images(3, image -> image), streams).endsOfOneLabel();
        assertEquals(6, alone.length);
        assertEquals(alone[0], alone[1]);
    }

    private static ImageSubset images(int count, IntUnaryOperator label) {
        byte[] labels = new byte[count];
        for (int image = 0; image < count; image++) {
            labels[image] = (byte) label.applyAsInt(image);
        }
        return new ImageSubset(
                new LabelledImages(new ImageShape(1, 1, 1), new byte[count], labels),
                IntStream.range(0, count).toArray());
    }
}
