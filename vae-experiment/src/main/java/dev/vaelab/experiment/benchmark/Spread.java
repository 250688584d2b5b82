package dev.vaelab.experiment.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.descriptive.Median;

/**
 * What turns measured, of which the median is the figure and the others tell how far to trust it.
 *
 * @param median the middle one; of an even number, the mean of both in the middle
 * @param minimum the smallest
 * @param maximum the largest
 */
public record Spread(double median, double minimum, double maximum) {
    /**
     * Sums up one figure of each turn.
     *
     * @param turns at least one
     */
    static Spread of(List<Turn> turns, ToDoubleFunction<Turn> figure) {
        double[] values = turns.stream().mapToDouble(figure).sorted().toArray();
        return new Spread(Median.withDefaults().withCopy(true).evaluate(values), values[0], values[values.length - 1]);
    }
}
