package dev.vaelab.training.probe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/**
 * How often a classifier is right.
 *
 * @param correct labels that it tells
 * @param count labels that it was asked for, at least one
 */
@JsonIgnoreProperties(
        value = {"value", "standardError"},
        allowGetters = true)
public record Accuracy(int correct, int count) {
    /** @throws IllegalArgumentException if it is no share */
    public Accuracy {
        if (count < 1 || correct < 0 || correct > count) {
            throw new IllegalArgumentException(correct + " of " + count + " is no accuracy");
        }
    }

    /** Counts the labels that are the same. */
    public static Accuracy of(int[] expected, int[] found) {
        int correct = 0;
        for (int row = 0; row < expected.length; row++) {
            if (expected[row] == found[row]) {
                correct++;
            }
        }
        return new Accuracy(correct, expected.length);
    }

    /** Of telling one label whatever is asked for. */
    static Accuracy ofAlways(int label, int[] expected) {
        int[] found = new int[expected.length];
        Arrays.fill(found, label);
        return of(expected, found);
    }

    /** The share of labels that are right. */
    @JsonProperty("value")
    public double value() {
        return correct / (double) count;
    }

    /** Of the share p of n labels over other images: the root of p (1 - p) / n, as of a binomial distribution. */
    @JsonProperty("standardError")
    public double standardError() {
        return Math.sqrt(value() * (1 - value()) / count);
    }
}
