package dev.vaelab.training.parity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The verdict on one aspect.
 *
 * @param aspect what was compared
 * @param tensor the tensor that does worst by what is judged
 * @param judged what is judged of that tensor: its largest difference, or the median of its differences over the steps
 * @param largest the largest difference of any tensor at any step
 * @param allowed what it may be at most
 * @param passed whether it is
 * @param partsAt where a tensor that does not pass is first beyond what is allowed; null if all pass
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Judgement(
        Aspect aspect,
        String tensor,
        double judged,
        double allowed,
        Difference largest,
        boolean passed,
        Difference partsAt) {
    /** NaN counts as larger than any number, so that it cannot hide. */
    private static final Comparator<Difference> BY_SIZE = Comparator.comparingDouble(Difference::size);

    /** Judges the differences of one aspect, in the order of their steps; there is at least one. */
    static Judgement of(Aspect aspect, double allowed, List<Difference> differences) {
        Map<String, List<Difference>> byTensor = differences.stream()
                .collect(Collectors.groupingBy(Difference::tensor, TreeMap::new, Collectors.toList()));
        Map<String, Double> judged = new TreeMap<>();
        byTensor.forEach((tensor, ofTensor) -> judged.put(tensor, judge(aspect, ofTensor)));
        String worst = judged.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow();
        Difference partsAt = differences.stream()
                .filter(difference -> !(judged.get(difference.tensor()) <= allowed))
                .filter(difference -> !(difference.size() <= allowed))
                .findFirst()
                .orElse(null);
        Difference largest = differences.stream().max(BY_SIZE).orElseThrow();
        return new Judgement(aspect, worst, judged.get(worst), allowed, largest, partsAt == null, partsAt);
    }

    /** Where and by how much it does not pass, in words; only for a verdict that does not. */
    public String failure() {
        return String.format(
                Locale.ROOT,
                "failed: the engines part at step %d in %s (%s): %.2e, allowed %.0e",
                partsAt.step(),
                partsAt.tensor(),
                aspect.description(),
                partsAt.size(),
                allowed);
    }

    private static double judge(Aspect aspect, List<Difference> ofTensor) {
        List<Difference> sorted = ofTensor.stream().sorted(BY_SIZE).toList();
        int last = sorted.size() - 1;
        return sorted.get(aspect.everyStep() ? last : last / 2).size();
    }
}
