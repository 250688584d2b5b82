package dev.vaelab.experiment.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far two engines lie apart on the test images, seed by seed: the same seed gives both the same weights, batches and
 * noise, so that the differences are the engines' alone.
 *
 * @param first the engine that is subtracted
 * @param second the engine that it is subtracted from
 * @param reconstruction second minus first, nats per image; null if no seed succeeded on both
 * @param kl likewise
 * @param total likewise
 * @param added likewise, by name: what the loss gives beside these
 * @param margin the largest difference of the totals that counts as none, nats per image
 * @param equivalent whether the whole confidence interval of the total lies within the margin, or, for a single seed, the
 *     difference itself; false if no seed succeeded on both
 */
public record EngineDifference(
        String first,
        String second,
        @JsonInclude(JsonInclude.Include.NON_NULL) Sample reconstruction,
        @JsonInclude(JsonInclude.Include.NON_NULL) Sample kl,
        @JsonInclude(JsonInclude.Include.NON_NULL) Sample total,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Sample> added,
        double margin,
        boolean equivalent) {
    private static Map<String, Double> differences(Map<String, Double> second, Map<String, Double> first) {
        Map<String, Double> differences = new LinkedHashMap<>();
        second.forEach((term, value) -> {
            if (first.containsKey(term)) {
                differences.put(term, value - first.get(term));
            }
        });
        return differences;
    }

    /** Pairs the runs of two engines by seed. */
    static EngineDifference of(
            String first, List<ComparedRun> firstRuns, String second, List<ComparedRun> secondRuns, double margin) {
        Map<Long, ComparedRun> bySeed = new TreeMap<>();
        firstRuns.stream().filter(ComparedRun::succeeded).forEach(run -> bySeed.put(run.seed(), run));
        List<ComparedRun> paired = secondRuns.stream()
                .filter(run -> run.succeeded() && bySeed.containsKey(run.seed()))
                .toList();
        if (paired.isEmpty()) {
            return new EngineDifference(first, second, null, null, null, Map.of(), margin, false);
        }
        Sample total = Sample.of(paired.stream()
                .map(run -> run.result().test().total()
                        - bySeed.get(run.seed()).result().test().total())
                .toList());
        return new EngineDifference(
                first,
                second,
                Sample.of(paired.stream()
                        .map(run -> run.result().test().reconstruction()
                                - bySeed.get(run.seed()).result().test().reconstruction())
                        .toList()),
                Sample.of(paired.stream()
                        .map(run -> run.result().test().kl()
                                - bySeed.get(run.seed()).result().test().kl())
                        .toList()),
                total,
                EngineSummary.added(paired.stream()
                        .map(run -> differences(
                                run.result().test().added(),
                                bySeed.get(run.seed()).result().test().added()))
                        .toList()),
                margin,
                total.farthestFromZero() <= margin);
    }
}
