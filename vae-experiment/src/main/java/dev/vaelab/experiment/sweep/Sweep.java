package dev.vaelab.experiment.sweep;

import dev.vaelab.api.Problem;
import dev.vaelab.experiment.file.ExperimentKeys;
import dev.vaelab.experiment.file.LoadedSweep;
import dev.vaelab.experiment.file.LoadedSweep.Combination;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Runs of one experiment with different settings.
 *
 * @param name what people call it
 * @param jobs how many runs are at work at once, which decides how many threads each has
 * @param keys the keys that differ between the runs, joined by dots, in the order of the sweep file
 * @param runs every run, in the order of the sweep file
 */
public record Sweep(String name, int jobs, List<String> keys, List<SweepRun> runs) {
    private static final Comparator<SweepRun> BY_LOSS = Comparator.comparing(
            run -> isRanked(run) ? run.result().bestValidationLoss() : null,
            Comparator.nullsLast(Comparator.naturalOrder()));

    /** Copies the lists. */
    public Sweep {
        keys = List.copyOf(keys);
        runs = List.copyOf(runs);
    }

    /** A sweep of which nothing has begun, with one run after the other. */
    public static Sweep of(LoadedSweep sweep) {
        List<Combination> combinations = sweep.combinations();
        List<String> names =
                RunNames.of(combinations.stream().map(Combination::settings).toList());
        return new Sweep(
                sweep.name(),
                1,
                sweep.keys(),
                IntStream.range(0, names.size())
                        .mapToObj(index -> SweepRun.planned(
                                names.get(index),
                                combinations.get(index).settings(),
                                combinations.get(index).config()))
                        .toList());
    }

    /** The sweep with another number of runs at once. */
    public Sweep withJobs(int newJobs) {
        return new Sweep(name, newJobs, keys, runs);
    }

    /** The sweep with one of its runs as it is now. */
    Sweep with(SweepRun changed) {
        return withRuns(runs.stream()
                .map(run -> run.name().equals(changed.name()) ? changed : run)
                .toList());
    }

    /**
     * Checks that the settings of a run are those of its experiment: what a table says of a run must be what the run is.
     *
     * @param place where its settings are
     * @return a problem for each key
     */
    public List<Problem> contradictions(SweepRun run, String place) {
        Map<String, String> values = ExperimentKeys.of(run.config());
        Set<String> named = new LinkedHashSet<>(keys);
        named.addAll(run.settings().keySet());
        List<Problem> problems = new ArrayList<>();
        for (String key : named) {
            String setting = run.settings().containsKey(key)
                    ? ExperimentKeys.text(run.settings().get(key))
                    : null;
            if (!keys.contains(key)) {
                problems.add(Problem.of(place + " " + key, setting, "one of " + String.join(", ", keys)));
            } else if (!Objects.equals(setting, values.get(key))) {
                problems.add(Problem.of(
                        place + " " + key,
                        setting == null ? "nothing" : setting,
                        values.getOrDefault(key, "nothing") + ", as the experiment of the run has it"));
            }
        }
        return problems;
    }

    /** The sweep with its runs as they are now. */
    public Sweep withRuns(List<SweepRun> all) {
        Set<SweepRun> best = Collections.newSetFromMap(new IdentityHashMap<>());
        for (List<SweepRun> group : groups(all)) {
            group.stream().filter(Sweep::isRanked).min(BY_LOSS).ifPresent(best::add);
        }
        return new Sweep(
                name,
                jobs,
                keys,
                all.stream().map(run -> run.marked(best.contains(run))).toList());
    }

    /** Whether it came to its end and has a validation loss to be ranked by. */
    private static boolean isRanked(SweepRun run) {
        return run.finished() && run.result().bestValidationLoss() != null;
    }

    /** Whether runs came to their end without validation images: they are not ranked. */
    public boolean hasUnranked() {
        return runs.stream().anyMatch(run -> run.finished() && !isRanked(run));
    }

    /** The runs that are still to do. */
    public List<SweepRun> unfinished() {
        return runs.stream()
                .filter(run -> run.status() == SweepRun.Status.UNFINISHED)
                .toList();
    }

    /** How many runs have a status. */
    public long count(SweepRun.Status status) {
        return runs.stream().filter(run -> run.status() == status).count();
    }

    /** Whether every run came to its end. */
    public boolean complete() {
        return runs.stream().allMatch(SweepRun::finished);
    }

    /**
     * The runs by what their losses measure, objectives in the order of the sweep; of each objective those that are
     * finished by validation loss, the lowest first, then the others. Runs on the same images are together whatever the path,
     * and those on other images under the same path apart.
     */
    public Map<String, List<SweepRun>> byObjective() {
        Map<String, List<SweepRun>> named = new LinkedHashMap<>();
        for (List<SweepRun> group : groups(runs)) {
            String objective = group.get(0).objective();
            String images = group.stream()
                    .map(SweepRun::images)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("unknown");
            group.sort(BY_LOSS);
            named.put(named.containsKey(objective) ? objective + ", images " + images : objective, group);
        }
        return named;
    }

    /** A run whose images are not known yet goes with the first one that has its objective. */
    private static Collection<List<SweepRun>> groups(List<SweepRun> runs) {
        Map<String, String> keys = new HashMap<>();
        for (SweepRun run : runs) {
            if (run.images() != null) {
                keys.putIfAbsent(run.objective(), run.rankingOfImages());
            }
        }
        Map<String, List<SweepRun>> groups = new LinkedHashMap<>();
        for (SweepRun run : runs) {
            String key =
                    run.images() == null ? keys.getOrDefault(run.objective(), run.objective()) : run.rankingOfImages();
            groups.computeIfAbsent(key, any -> new ArrayList<>()).add(run);
        }
        return groups.values();
    }
}
