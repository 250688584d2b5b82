package dev.vaelab.experiment.file;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.file.SourceValue.Member;
import dev.vaelab.experiment.file.SourceValue.Members;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads sweep files, which are JSON or YAML as experiment files are.
 *
 * <p>Each combination is laid over the experiment, and judged as a whole, before anything is started: its values have the
 * rules that they would have in the experiment file.
 */
public final class SweepLoader {
    /** Far more than anyone waits for; a slip in a grid easily makes millions. */
    static final int MOST_RUNS = 10_000;

    /** The keys that only sweeps have. */
    private static final List<String> MARKS =
            List.of(SweepSchema.EXPERIMENT_KEY, SweepReader.GRID, SweepReader.RUNS, SweepReader.RANDOM);

    private final SchemaCheck sweeps;
    private final ExperimentRules experiments;

    /** Judges by these rules. */
    public SweepLoader(ExperimentRules rules) {
        sweeps = new SchemaCheck(
                new SweepSchema(rules.schema()).structure(),
                List.of(),
                rules.schema().adviceOnNames());
        experiments = rules;
    }

    /** Whether a file is a sweep, right or wrong, rather than an experiment: it has a key that only sweeps have. */
    public boolean isSweep(Path file) {
        return readRoot(file, new ProblemList())
                .filter(root -> root instanceof Members members && hasMark(members))
                .isPresent();
    }

    /**
     * Reads a sweep.
     *
     * @param file the sweep file
     * @param overrides values of {@code --set} for every run
     * @param backend the value of {@code --backend} for every run
     * @throws dev.vaelab.api.InvalidInputException with every problem of the sweep, its experiment, the overrides and every
     *     combination; each value is reported once
     */
    public LoadedSweep load(Path file, List<String> overrides, Optional<String> backend) {
        ProblemList problems = new ProblemList();
        Overrides options = new Overrides(overrides, backend, problems);
        Members sweep = readSweep(file, problems);
        SweepReader reader = new SweepReader(experiments.schema().whole(), problems);
        SweepAxes axes = reader.read(sweep);
        axes.refuse(options);
        if (axes.moreThan(MOST_RUNS)) {
            problems.add(sweep.origin(), KeyPath.ROOT, "more than " + MOST_RUNS + " runs", "at most so many", "");
            problems.throwIfAny();
        }
        FileChain chain = new FileChain(problems);
        Optional<Members> read = readExperiment(file, sweep, chain, problems);
        boolean complete = read.isPresent() && chain.isComplete() && reader.isComplete();
        Members base = read.orElseGet(() -> new Members(sweep.origin(), Map.of()));
        List<List<Members>> combinations = axes.combinations();
        List<Members> runs = combinations.stream()
                .map(combination -> options.over(layTogether(base, combination)))
                .toList();
        runs.forEach(run -> experiments.check(run, complete, problems));
        problems.throwIfAny();
        List<ExperimentConfig> configs = runs.stream().map(experiments::config).toList();
        refuseTwins(configs, combinations, problems);
        problems.throwIfAny();
        String name = sweep.members().get("name").value().json().asString();
        List<ExperimentPlaces> places = runs.stream().map(ExperimentPlaces::new).toList();
        return LoadedSweep.of(name, axes.keys(), configs, places)
                .judged(ranking(sweep), stopping(sweep), placeOfStopping(sweep), placeOfFirstRung(sweep));
    }

    private Ranking ranking(Members sweep) {
        Member metric = sweep.members().get(SweepSchema.METRIC);
        Ranking.Metric figure = metric == null
                ? Ranking.Metric.LOSS
                : ExperimentMapper.MAPPER.treeToValue(metric.value().json(), Ranking.Metric.class);
        return new Ranking(figure, experiments.schema().parts().keysOf(PartKind.LOSS));
    }

    private static Optional<Stopping> stopping(Members sweep) {
        return Optional.ofNullable(sweep.members().get(SweepSchema.STOPPING)).map(member -> {
            JsonNode json = member.value().json();
            return new Stopping(
                    ExperimentMapper.MAPPER.treeToValue(json.get("name"), Stopping.Rule.class),
                    json.path(SweepSchema.REDUCTION).asInt(Stopping.DEFAULT_REDUCTION),
                    json.path(SweepSchema.MINIMUM_EPOCHS).asInt(Stopping.DEFAULT_MINIMUM_EPOCHS),
                    SweepReader.seed(sweep));
        });
    }

    private static String placeOfStopping(Members sweep) {
        return Optional.ofNullable(sweep.members().get(SweepSchema.STOPPING))
                .map(member -> member.key().place(KeyPath.ROOT.key(SweepSchema.STOPPING)))
                .orElse("");
    }

    /** Where it is said, or could be. */
    private static String placeOfFirstRung(Members sweep) {
        KeyPath path = KeyPath.ROOT.key(SweepSchema.STOPPING).key(SweepSchema.MINIMUM_EPOCHS);
        return Optional.ofNullable(sweep.members().get(SweepSchema.STOPPING))
                .map(member -> member.value() instanceof Members members
                                && members.members().containsKey(SweepSchema.MINIMUM_EPOCHS)
                        ? members.members()
                                .get(SweepSchema.MINIMUM_EPOCHS)
                                .value()
                                .origin()
                                .place(path)
                        : member.key().place(path))
                .orElse("");
    }

    private Members readSweep(Path file, ProblemList problems) {
        Optional<Members> sweep = readRoot(file, problems).flatMap(root -> requireSweep(root, problems));
        if (sweep.isEmpty()) {
            problems.throwIfAny();
        }
        sweeps.check(sweep.orElseThrow(), true, problems);
        return sweep.orElseThrow();
    }

    private static Members layTogether(Members base, List<Members> combination) {
        Members experiment = base;
        for (Members point : combination) {
            experiment = point.laidOver(experiment);
        }
        return experiment;
    }

    private static Optional<SourceValue> readRoot(Path file, ProblemList problems) {
        Origin named = new Origin.Argument(file.toString(), -1, false);
        return SourceText.read(
                        file,
                        "a sweep file",
                        SourceText.LARGEST_SWEEP,
                        (found, expected, advice) -> problems.add(named, KeyPath.ROOT, found, expected, advice))
                .flatMap(source -> source.value(file, Origin.Layer.SWEEP, 0, problems));
    }

    private static boolean hasMark(Members members) {
        return MARKS.stream().anyMatch(members.members()::containsKey);
    }

    private static Optional<Members> requireSweep(SourceValue root, ProblemList problems) {
        if (!(root instanceof Members all)) {
            problems.add(root.origin(), KeyPath.ROOT, Finding.of(root), "an object with the keys of a sweep", "");
            return Optional.empty();
        }
        if (!hasMark(all)) {
            problems.add(
                    all.origin(),
                    KeyPath.ROOT,
                    "an object with none of the keys " + String.join(", ", MARKS),
                    "a sweep",
                    "an experiment is swept by a file of its own, which names it: \"experiment\": \"FILE\"");
            return Optional.empty();
        }
        Map<String, Member> members = new LinkedHashMap<>(all.members());
        members.remove(ExperimentSchema.SCHEMA_KEY);
        return Optional.of(new Members(all.origin(), members));
    }

    private static Optional<Members> readExperiment(Path file, Members sweep, FileChain chain, ProblemList problems) {
        Member named = sweep.members().get(SweepSchema.EXPERIMENT_KEY);
        if (named == null) {
            return Optional.empty();
        }
        KeyPath key = KeyPath.ROOT.key(SweepSchema.EXPERIMENT_KEY);
        Optional<Members> experiment = chain.readSibling(file, key, named.value());
        if (experiment.filter(SweepLoader::hasMark).isPresent()) {
            problems.add(
                    named.value().origin(),
                    key,
                    Finding.of(named.value()) + ", which is a sweep",
                    "an experiment file",
                    "a sweep of a sweep is one sweep with the keys of both");
            return Optional.empty();
        }
        return experiment;
    }

    /** Two runs of one experiment would only repeat each other: the same seed gives the same figures. */
    private static void refuseTwins(
            List<ExperimentConfig> configs, List<List<Members>> combinations, ProblemList problems) {
        Map<ExperimentConfig, List<Members>> first = new HashMap<>();
        for (int i = 0; i < configs.size(); i++) {
            List<Members> twin = first.putIfAbsent(configs.get(i), combinations.get(i));
            if (twin != null) {
                Members point = firstDifference(combinations.get(i), twin);
                problems.add(
                        point.origin(),
                        KeyPath.ROOT,
                        "a run that is the same experiment as another one",
                        "different experiments",
                        "a key that is not set has the value of the experiment file, or its default");
            }
        }
    }

    private static Members firstDifference(List<Members> combination, List<Members> other) {
        for (int axis = 0; axis < combination.size(); axis++) {
            if (!combination.get(axis).equals(other.get(axis))) {
                return combination.get(axis);
            }
        }
        throw new IllegalStateException("a combination was made twice");
    }
}
