package dev.vaelab.training.probe;

import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.training.PosteriorValues;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Features with a label each.
 *
 * @param width features of a row
 * @param values [rows, width]
 * @param labels [rows]
 */
public record LabelledFeatures(int width, float[] values, int[] labels) {
    /** @throws IllegalArgumentException if there is no row, or the lengths disagree */
    public LabelledFeatures {
        if (labels.length == 0 || values.length != Math.multiplyExact(labels.length, width)) {
            throw new IllegalArgumentException(
                    labels.length + " labels of " + width + " features each, found " + values.length + " values");
        }
    }

    /** The posterior means of images, with their labels. */
    public static LabelledFeatures of(PosteriorValues posteriors, ImageSubset images) {
        return new LabelledFeatures(posteriors.latent(), posteriors.means(), labels(images));
    }

    /** The labels of images, in their order. */
    public static int[] labels(ImageSubset images) {
        return IntStream.range(0, images.count()).map(images::label).toArray();
    }

    /** How many rows there are. */
    public int count() {
        return labels.length;
    }

    /** How many different labels. */
    public int classes() {
        return (int) Arrays.stream(labels).distinct().count();
    }

    /** Whether all values are numbers. */
    public boolean finite() {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
