package dev.vaelab.training.probe;

import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.training.PosteriorValues;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

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
        return new LabelledFeatures(posteriors.latent(), posteriors.means(), images.labels());
    }

    /** How many rows there are. */
    public int count() {
        return labels.length;
    }

    /** How many different labels. */
    public int classes() {
        return (int) Arrays.stream(labels).distinct().count();
    }

    /** The label that most rows have, the lowest one of those that as many have. */
    int mostFrequent() {
        Map<Integer, Integer> counts = new TreeMap<>();
        Arrays.stream(labels).forEach(label -> counts.merge(label, 1, Integer::sum));
        int most = counts.values().stream().max(Integer::compare).orElseThrow();
        return counts.entrySet().stream()
                .filter(label -> label.getValue() == most)
                .findFirst()
                .orElseThrow()
                .getKey();
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
