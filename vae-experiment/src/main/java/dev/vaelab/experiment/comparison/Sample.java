package dev.vaelab.experiment.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.EnumSet;
import java.util.List;
import org.apache.commons.statistics.descriptive.DoubleStatistics;
import org.apache.commons.statistics.descriptive.Statistic;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean with its 95 % confidence interval over seeds, by Student's t distribution.
 *
 * @param count how many values
 * @param mean their mean
 * @param low lower end of the interval; null for a single value, which has none
 * @param high upper end
 */
public record Sample(
        int count,
        double mean,
        @JsonInclude(JsonInclude.Include.NON_NULL) Double low,
        @JsonInclude(JsonInclude.Include.NON_NULL) Double high) {
    private static final double TAIL = 0.025;

    /**
     * The sample of values.
     *
     * @param values at least one
     */
    public static Sample of(List<Double> values) {
        double[] numbers = values.stream().mapToDouble(Double::doubleValue).toArray();
        DoubleStatistics statistics =
                DoubleStatistics.of(EnumSet.of(Statistic.MEAN, Statistic.STANDARD_DEVIATION), numbers);
        double mean = statistics.getAsDouble(Statistic.MEAN);
        if (numbers.length < 2) {
            return new Sample(numbers.length, mean, null, null);
        }
        double half = TDistribution.of(numbers.length - 1).inverseSurvivalProbability(TAIL)
                * statistics.getAsDouble(Statistic.STANDARD_DEVIATION)
                / Math.sqrt(numbers.length);
        return new Sample(numbers.length, mean, mean - half, mean + half);
    }

    /** The larger distance from 0 of the interval's ends, or of the mean where there is no interval. */
    public double farthestFromZero() {
        return low == null ? Math.abs(mean) : Math.max(Math.abs(low), Math.abs(high));
    }
}
