package dev.vaelab.experiment.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.statistics.descriptive.Median;

/**
 * What the runs of one engine come to.
 *
 * @param backend the engine's name
 * @param succeeded how many of its runs came to their end; figures are theirs, and null if there is none
 * @param failed how many did not
 * @param reconstruction on the test images, nats per image
 * @param kl likewise
 * @param total likewise
 * @param added likewise, by name: what the loss gives beside these
 * @param validationLoss of the best epochs, nats per image; null as well if there are no validation images
 * @param imagesPerSecond training throughput, median of the epochs of all runs
 * @param epochSeconds training time of an epoch, median likewise
 * @param startSeconds from the start of the process to the first training step, median of the runs
 * @param peakResidentBytes the most memory that one of the runs took; null where the system does not tell
 */
public record EngineSummary(
        String backend,
        int succeeded,
        int failed,
        @JsonInclude(JsonInclude.Include.NON_NULL) Sample reconstruction,
        @JsonInclude(JsonInclude.Include.NON_NULL) Sample kl,
        @JsonInclude(JsonInclude.Include.NON_NULL) Sample total,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Sample> added,
        @JsonInclude(JsonInclude.Include.NON_NULL) Sample validationLoss,
        @JsonInclude(JsonInclude.Include.NON_NULL) Double imagesPerSecond,
        @JsonInclude(JsonInclude.Include.NON_NULL) Double epochSeconds,
        @JsonInclude(JsonInclude.Include.NON_NULL) Double startSeconds,
        @JsonInclude(JsonInclude.Include.NON_NULL) Long peakResidentBytes) {
    /** The sample of each term that all runs have. */
    static Map<String, Sample> added(List<Map<String, Double>> runs) {
        Set<String> terms = new LinkedHashSet<>(runs.get(0).keySet());
        runs.forEach(run -> terms.retainAll(run.keySet()));
        Map<String, Sample> added = new LinkedHashMap<>();
        terms.forEach(term -> added.put(
                term, Sample.of(runs.stream().map(run -> run.get(term)).toList())));
        return added;
    }

    /** Sums up the runs of one engine. */
    static EngineSummary of(String backend, List<ComparedRun> runs) {
        List<ComparedRun> good = runs.stream().filter(ComparedRun::succeeded).toList();
        int failed = runs.size() - good.size();
        if (good.isEmpty()) {
            return new EngineSummary(backend, 0, failed, null, null, null, Map.of(), null, null, null, null, null);
        }
        return new EngineSummary(
                backend,
                good.size(),
                failed,
                Sample.of(good.stream()
                        .map(run -> run.result().test().reconstruction())
                        .toList()),
                Sample.of(good.stream().map(run -> run.result().test().kl()).toList()),
                Sample.of(good.stream().map(run -> run.result().test().total()).toList()),
                added(good.stream().map(run -> run.result().test().added()).toList()),
                validationLoss(good),
                median(good.stream()
                        .flatMap(run -> run.epochs().stream())
                        .map(epoch -> epoch.imagesPerSecond())
                        .toList()),
                median(good.stream()
                        .flatMap(run -> run.epochs().stream())
                        .map(epoch -> epoch.trainingSeconds())
                        .toList()),
                median(good.stream()
                        .map(run -> run.provenance().secondsToFirstStep())
                        .toList()),
                good.stream()
                        .map(run -> run.provenance().memory().peak())
                        .filter(Objects::nonNull)
                        .max(Long::compare)
                        .orElse(null));
    }

    private static Sample validationLoss(List<ComparedRun> good) {
        List<Double> losses = good.stream()
                .map(run -> run.result().bestValidationLoss())
                .filter(Objects::nonNull)
                .toList();
        return losses.isEmpty() ? null : Sample.of(losses);
    }

    private static double median(List<Double> values) {
        return Median.withDefaults()
                .evaluate(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
