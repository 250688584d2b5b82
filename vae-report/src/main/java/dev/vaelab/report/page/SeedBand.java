package dev.vaelab.report.page;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * A curve for several seeds, over epochs or dimensions: their mean, and from the lowest to the highest of them.
 *
 * @param mean one value for each place of the curve
 * @param lowest likewise
 * @param highest likewise
 */
public record SeedBand(List<Double> mean, List<Double> lowest, List<Double> highest) {
    /** Copies the lists. */
    public SeedBand {
        mean = List.copyOf(mean);
        lowest = List.copyOf(lowest);
        highest = List.copyOf(highest);
    }

    /**
     * The band of some curves.
     *
     * @param curves one for each seed, from the first place on; as long as the shortest is the band
     */
    static SeedBand of(List<List<Double>> curves) {
        int length = curves.stream().mapToInt(List::size).min().orElse(0);
        List<Double> mean = new ArrayList<>();
        List<Double> lowest = new ArrayList<>();
        List<Double> highest = new ArrayList<>();
        for (int place = 0; place < length; place++) {
            int index = place;
            DoubleSummaryStatistics values =
                    curves.stream().mapToDouble(curve -> curve.get(index)).summaryStatistics();
            mean.add(values.getAverage());
            lowest.add(values.getMin());
            highest.add(values.getMax());
        }
        return new SeedBand(mean, lowest, highest);
    }
}
