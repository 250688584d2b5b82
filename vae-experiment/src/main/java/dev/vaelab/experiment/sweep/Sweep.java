package dev.vaelab.experiment.sweep;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.Problem;
import dev.vaelab.experiment.file.ExperimentKeys;
import dev.vaelab.experiment.file.LoadedSweep;
import dev.vaelab.experiment.file.LoadedSweep.Combination;
import dev.vaelab.experiment.file.Ranking;
import dev.vaelab.experiment.file.Stopping;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Runs of one experiment with different settings.
 *
 * @param name what people call it
 * @param jobs how many runs are at work at once, which decides how many threads each has
 * @param keys the keys that differ between the runs, joined by dots, in the order of the sweep file
 * @param ranking by what the runs are ranked; null for the validation loss
 * @param stopping how bad runs are stopped; null if every run is trained whole
 * @param runs every run, in the order of the sweep file
 */
public record Sweep(
        String name,
        int jobs,
        List<String> keys,
        @JsonInclude(JsonInclude.Include.NON_NULL) Ranking ranking,
        @JsonInclude(JsonInclude.Include.NON_NULL) Stopping stopping,
        List<SweepRun> runs) {
    /** Finished runs by their figures, then those that came furthest, by their figures there. */
    private static final Comparator<SweepRun> BEST_FIRST = Comparator.comparing(
                    SweepRun::rankedFigure, Comparator.nullsLast(Comparator.<Double>naturalOrder()))
            .thenComparing(Comparator.comparingInt(SweepRun::rung).reversed())
            .thenComparing(Sweep::scoreAtRung, Comparator.nullsLast(Comparator.naturalOrder()));

    /**
     * How much of a sweep was trained.
     *
     * @param trained epochs of all runs together
     * @param whole epochs that they would have if none was stopped
     */
    public record Epochs(int trained, int whole) {}

    /** Copies the lists. */
    public Sweep {
        keys = List.copyOf(keys);
        runs = List.copyOf(runs);
    }

    /** A sweep by the loss that trains every run whole. */
    public Sweep(String name, int jobs, List<String> keys, List<SweepRun> runs) {
        this(name, jobs, keys, null, null, runs);
    }

    private static Double scoreAtRung(SweepRun run) {
        return run.rung() == 0 ? null : run.rungs().scores().get(run.rung() - 1);
    }

    /**
     * A sweep of which nothing has begun, with one run after the other.
     *
     * @throws dev.vaelab.api.InvalidInputException if bad runs are to be stopped and these cannot be compared
     */
    public static Sweep of(LoadedSweep sweep) {
        List<Combination> combinations = sweep.combinations();
        List<String> names =
                RunNames.of(combinations.stream().map(Combination::settings).toList());
        Ranking ranking = sweep.ranking();
        Sweep planned = new Sweep(
                sweep.name(),
                1,
                sweep.keys(),
                ranking.metric() == Ranking.Metric.LOSS ? null : ranking,
                sweep.stopping().orElse(null),
                IntStream.range(0, names.size())
                        .mapToObj(index -> SweepRun.planned(
                                names.get(index),
                                combinations.get(index).settings(),
                                combinations.get(index).config(),
                                ranking))
                        .toList());
        HalvingCheck.require(planned, sweep);
        return planned;
    }

    /** The sweep with another number of runs at once. */
    public Sweep withJobs(int newJobs) {
        return new Sweep(name, newJobs, keys, ranking, stopping, runs);
    }

    /** By what the runs are ranked. */
    public Ranking by() {
        return ranking == null ? Ranking.BY_LOSS : ranking;
    }

    /** Where runs are compared and bad ones stopped; nothing if every run is trained whole. */
    public Optional<Rungs> rungs() {
        return Optional.ofNullable(stopping)
                .map(rule -> Rungs.of(rule, runs.get(0).config().training().epochs()));
    }

    /** How much was trained, as far as the runs have been looked at. */
    public Epochs epochs() {
        return new Epochs(
                runs.stream().mapToInt(SweepRun::epochs).sum(),
                runs.stream().mapToInt(run -> run.config().training().epochs()).sum());
    }

    /** What reads from the records of a run how good it is. */
    Judge judge() {
        return new Judge(by().metric(), rungs());
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
            group.stream().filter(Sweep::isRanked).min(BEST_FIRST).ifPresent(best::add);
        }
        return new Sweep(
                name,
                jobs,
                keys,
                ranking,
                stopping,
                all.stream().map(run -> run.marked(best.contains(run))).toList());
    }

    /** Whether it came to its end and has a figure to be ranked by. */
    private static boolean isRanked(SweepRun run) {
        return run.finished() && run.rankedFigure() != null;
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

    /** Whether every run came to its end, or was stopped at a rung. */
    public boolean complete() {
        return runs.stream().allMatch(run -> run.finished() || run.status() == SweepRun.Status.STOPPED);
    }

    /**
     * The runs by what their losses measure, objectives in the order of the sweep; of each objective those that are
     * finished by the figure that they are ranked by, the lowest first, then those that came furthest, then the others. Runs on the same images are together whatever the path,
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
            group.sort(BEST_FIRST);
            named.put(named.containsKey(objective) ? objective + ", images " + images : objective, group);
        }
        return named;
    }

    /** A run whose images are not known yet goes with the first one that has its objective. */
    private Collection<List<SweepRun>> groups(List<SweepRun> all) {
        Map<String, String> known = new HashMap<>();
        for (SweepRun run : all) {
            if (run.images() != null) {
                known.putIfAbsent(run.objective(), run.rankingOfImages(by()));
            }
        }
        Map<String, List<SweepRun>> groups = new LinkedHashMap<>();
        for (SweepRun run : all) {
            String key = run.images() == null
                    ? known.getOrDefault(run.objective(), run.objective())
                    : run.rankingOfImages(by());
            groups.computeIfAbsent(key, any -> new ArrayList<>()).add(run);
        }
        return groups.values();
    }
}
