package dev.vaelab.api.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.model.ImageShape;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A subset of images")
class ImageSubsetTest {
    private final ImageSubset subset = new ImageSubset(NumberedImages.of(300), 299, 0, 17);

    @Test
    @DisplayName("counts and labels its own images, in its own order")
    void countsAndLabels() {
        assertEquals(3, subset.count());
        assertEquals(new ImageShape(1, 1, 2), subset.shape());
        assertEquals(9, subset.label(0));
        assertEquals(0, subset.label(1));
        assertEquals(7, subset.label(2));
    }

    @Test
    @DisplayName("gives the pixels of its images as floats in [0,1], from the offset on")
    void copiesPixels() {
        float[] target = {-1, -1, -1, -1};
        subset.copyPixels(0, target, 1);
        assertArrayEquals(new float[] {-1, 1 / 255f, 43 / 255f, -1}, target);
        float[] first = new float[2];
        subset.copyPixels(0, first, 0);
        float[] all = subset.pixels();
        assertEquals(6, all.length);
        assertArrayEquals(first, Arrays.copyOf(all, 2));
    }

    @Test
    @DisplayName("can be put into another order, which counts within the subset")
    void selects() {
        assertArrayEquals(new int[] {17, 299}, NumberedImages.numbers(subset.select(2, 0)));
        assertThrows(IndexOutOfBoundsException.class, () -> subset.select(3));
    }

    @Test
    @DisplayName("does not change when the caller's array of members does")
    void copiesMembers() {
        int[] members = {5, 6};
        ImageSubset images = new ImageSubset(NumberedImages.of(10), members);
        members[0] = 9;
        assertArrayEquals(new int[] {5, 6}, NumberedImages.numbers(images));
    }

    @Test
    @DisplayName("refuses a member that is not among the images")
    void refusesStrangers() {
        LabelledImages images = NumberedImages.of(10);
        assertEquals(
                "there is no image 10 among 10",
                assertThrows(IllegalArgumentException.class, () -> new ImageSubset(images, 0, 10))
                        .getMessage());
        assertEquals(
                "there is no image -1 among 10",
                assertThrows(IllegalArgumentException.class, () -> new ImageSubset(images, -1))
                        .getMessage());
    }
}
