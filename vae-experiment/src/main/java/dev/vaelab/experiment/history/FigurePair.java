package dev.vaelab.experiment.history;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A figure of two runs.
 *
 * @param figure what it is
 * @param unit its unit; empty for a count
 * @param first of the first run; null if it has none
 * @param second of the second run; null if it has none
 * @param difference second minus first; null if they are not compared
 * @param notCompared why not; null if they are
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FigurePair(
        String figure, String unit, Double first, Double second, Double difference, String notCompared) {
    /**
     * Compares two figures if their measures are the same.
     *
     * @param firstMeasure what the first was measured by
     * @param secondMeasure what the second was measured by
     */
    static FigurePair of(
            String figure, String unit, Double first, String firstMeasure, Double second, String secondMeasure) {
        if (first == null || second == null) {
            String missing = first != null ? "the second run has none" : "the first run has none";
            String reason = first == null && second == null ? "neither run has one" : missing;
            return new FigurePair(figure, unit, first, second, null, reason);
        }
        if (!firstMeasure.equals(secondMeasure)) {
            return new FigurePair(figure, unit, first, second, null, firstMeasure + " / " + secondMeasure);
        }
        return new FigurePair(figure, unit, first, second, second - first, null);
    }
}
