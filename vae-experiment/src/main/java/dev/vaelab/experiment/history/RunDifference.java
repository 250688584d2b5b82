package dev.vaelab.experiment.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.experiment.run.RunFolder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What is different between two runs.
 *
 * @param first folder of one run
 * @param second folder of the other
 * @param differences key by key, in the order of the aspects
 * @param same the aspects in which the runs are the same
 * @param figures of both, side by side
 */
public record RunDifference(
        String first, String second, List<Entry> differences, List<Aspect> same, List<FigurePair> figures) {
    /**
     * A key with two values.
     *
     * @param aspect what it belongs to
     * @param key its name
     * @param first its value in the first run; null if it has none
     * @param second its value in the second run; null if it has none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(Aspect aspect, String key, String first, String second) {}

    /** Copies the lists. */
    public RunDifference {
        differences = List.copyOf(differences);
        same = List.copyOf(same);
        figures = List.copyOf(figures);
    }

    /**
     * Compares two runs.
     *
     * @throws dev.vaelab.api.InvalidInputException if one of them cannot be read
     */
    public static RunDifference of(RunFolder first, RunFolder second) {
        RecordedRun one = RecordedRun.require(first);
        RecordedRun other = RecordedRun.require(second);
        Map<Aspect, Map<String, String>> facts = RunFacts.of(one);
        Map<Aspect, Map<String, String>> otherFacts = RunFacts.of(other);
        List<Entry> differences = new ArrayList<>();
        List<Aspect> same = new ArrayList<>();
        for (Aspect aspect : Aspect.values()) {
            List<Entry> found = different(aspect, facts.get(aspect), otherFacts.get(aspect));
            differences.addAll(found);
            if (found.isEmpty()) {
                same.add(aspect);
            }
        }
        return new RunDifference(
                first.path().toString(), second.path().toString(), differences, same, RunFigures.of(one, other));
    }

    private static List<Entry> different(Aspect aspect, Map<String, String> first, Map<String, String> second) {
        Set<String> keys = new LinkedHashSet<>(first.keySet());
        keys.addAll(second.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(first.get(key), second.get(key)))
                .map(key -> new Entry(aspect, key, first.get(key), second.get(key)))
                .toList();
    }
}
