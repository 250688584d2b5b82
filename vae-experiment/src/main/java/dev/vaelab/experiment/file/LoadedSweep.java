package dev.vaelab.experiment.file;

import dev.vaelab.api.experiment.ExperimentConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A sweep that was read and found right.
 *
 * @param name what people call it
 * @param keys the keys that differ between its runs, joined by dots, in the order of the sweep; of a single run, all that
 *     the sweep sets
 * @param combinations one for each run, in the order of the sweep: the last key varies fastest
 * @param ranking by what its runs are ranked
 * @param stopping how bad runs are stopped; nothing if every run is trained whole
 * @param placeOfStopping where that is said, for messages; empty if it is not
 * @param placeOfFirstRung where its first rung is said, or could be
 */
public record LoadedSweep(
        String name,
        List<String> keys,
        List<Combination> combinations,
        Ranking ranking,
        Optional<Stopping> stopping,
        String placeOfStopping,
        String placeOfFirstRung) {
    /** Copies the lists. */
    public LoadedSweep {
        keys = List.copyOf(keys);
        combinations = List.copyOf(combinations);
    }

    /**
     * The sweep of some experiments.
     *
     * @param keysOfSweep the keys that some of them sets
     * @param places where the keys of each experiment stand
     */
    static LoadedSweep of(
            String name, Set<String> keysOfSweep, List<ExperimentConfig> configs, List<ExperimentPlaces> places) {
        List<Map<String, Object>> leaves =
                configs.stream().map(ConfigLeaves::of).toList();
        List<String> keys = keysOfSweep.stream()
                .filter(key -> leaves.size() == 1 || varies(key, leaves))
                .toList();
        List<Combination> combinations = new ArrayList<>();
        for (int i = 0; i < configs.size(); i++) {
            Map<String, Object> all = leaves.get(i);
            Map<String, Object> settings = new LinkedHashMap<>();
            keys.stream().filter(all::containsKey).forEach(key -> settings.put(key, all.get(key)));
            combinations.add(new Combination(settings, configs.get(i), places.get(i)));
        }
        return new LoadedSweep(name, keys, combinations, Ranking.BY_LOSS, Optional.empty(), "", "");
    }

    /** The sweep with what is said of how its runs are judged. */
    LoadedSweep judged(Ranking by, Optional<Stopping> rule, String placeOfRule, String placeOfRung) {
        return new LoadedSweep(name, keys, combinations, by, rule, placeOfRule, placeOfRung);
    }

    private static boolean varies(String key, List<Map<String, Object>> leaves) {
        return leaves.stream()
                        .map(run -> Optional.ofNullable(run.get(key)))
                        .distinct()
                        .count()
                > 1;
    }

    /**
     * One run.
     *
     * @param settings its values of the sweep's keys, without those that it has none of: texts, numbers, lists
     * @param config what is to be done, with overrides applied and defaults filled in
     * @param places where its keys stand, in the sweep, its experiment and the options
     */
    public record Combination(Map<String, Object> settings, ExperimentConfig config, ExperimentPlaces places) {
        /** Copies the map, in its order. */
        public Combination {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        }
    }
}
