package dev.vaelab.experiment.file;

import dev.vaelab.experiment.file.SourceValue.Items;
import dev.vaelab.experiment.file.SourceValue.Member;
import dev.vaelab.experiment.file.SourceValue.Members;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Reads what a sweep varies. Each key of its grid is an axis whose points are the key's values; its list of runs is an axis
 * whose points are the runs, and its random search one whose points are the trials.
 */
final class SweepReader {
    /** The key of the object whose keys are varied independently. */
    static final String GRID = "grid";

    /** The key of the list of settings that belong together. */
    static final String RUNS = "runs";

    /** The key of the object whose keys are drawn. */
    static final String RANDOM = "random";

    /** The key of how often they are drawn. */
    static final String TRIALS = "trials";

    /** The key of what they are drawn from, and the order in which successive halving begins runs. */
    static final String SEED = "seed";

    /** If a file does not say; that of experiments. */
    static final long DEFAULT_SEED = 42;

    private static final String A_DOTTED_KEY = "keys joined by dots, as in training.epochs";

    /** Many times those that an experiment has. */
    private static final int MOST_KEYS = 1000;

    private final JsonNode keys;
    private final ProblemList problems;
    private boolean complete = true;

    /**
     * Reports into these problems, except that a value is of the wrong type: the schema tells that.
     *
     * @param experiments the schema of experiments
     */
    SweepReader(JsonNode experiments, ProblemList problems) {
        keys = experiments;
        this.problems = problems;
    }

    /** Whether every axis could be read: only then is missing what the sweep does not set. */
    boolean isComplete() {
        return complete;
    }

    /** Reads the axes of a sweep, in their order. */
    SweepAxes read(Members sweep) {
        SweepAxes axes = new SweepAxes(problems);
        sweep.members().forEach((key, member) -> {
            if (key.equals(GRID)) {
                readGrid(member.value(), axes);
            } else if (key.equals(RUNS)) {
                readRuns(member.value(), axes);
            } else if (key.equals(RANDOM)) {
                readRandom(member, sweep, axes);
            }
        });
        if (Stream.of(GRID, RUNS, RANDOM).noneMatch(sweep.members()::containsKey)) {
            report(
                    sweep.origin(),
                    KeyPath.ROOT,
                    "none of " + GRID + ", " + RUNS + " and " + RANDOM,
                    "at least one of them",
                    "to try seeds, for example, add \"grid\": { \"seed\": [1, 2] }");
        }
        requireMeaning(sweep);
        return axes;
    }

    /** A key that does nothing is a misunderstanding. */
    private void requireMeaning(Members sweep) {
        if (sweep.members().containsKey(RANDOM)) {
            return;
        }
        Member trials = sweep.members().get(TRIALS);
        if (trials != null) {
            report(
                    trials.key(),
                    KeyPath.ROOT.key(TRIALS),
                    "it without " + RANDOM,
                    "what is drawn in each trial",
                    "add \"random\": { \"loss.beta\": { \"logUniform\": [0.1, 10] } }, for example");
        }
        Member seed = sweep.members().get(SEED);
        if (seed != null && !sweep.members().containsKey(SweepSchema.STOPPING)) {
            report(
                    seed.key(),
                    KeyPath.ROOT.key(SEED),
                    "it without " + RANDOM + " and " + SweepSchema.STOPPING,
                    "one of them: nothing else of a sweep is drawn",
                    "the seed of the runs is a key of theirs: \"grid\": { \"seed\": [1, 2] }");
        }
    }

    /** The seed of a sweep. */
    static long seed(Members sweep) {
        return Optional.ofNullable(sweep.members().get(SEED))
                .map(member -> member.value().json())
                .filter(json -> json.isIntegralNumber() && json.canConvertToLong())
                .map(JsonNode::asLong)
                .orElse(DEFAULT_SEED);
    }

    private void readRandom(Member random, Members sweep, SweepAxes axes) {
        KeyPath path = KeyPath.ROOT.key(RANDOM);
        if (!(random.value() instanceof Members members)) {
            complete = false;
            return;
        }
        if (hasTooManyKeys(members, path)) {
            return;
        }
        if (members.members().isEmpty()) {
            report(members.origin(), path, "an object without keys", "keys, each with a distribution", "");
            return;
        }
        RandomSearch search = new RandomSearch(seed(sweep));
        DistributionReader reader = new DistributionReader(this::report);
        List<String> read = new ArrayList<>();
        members.members().forEach((text, member) -> {
            DottedKey key = DottedKey.of(text);
            if (!isKey(key, member, path.key(text))) {
                return;
            }
            if (read.stream().anyMatch(other -> DottedKey.overlap(other, text))) {
                report(member.key(), path.key(text), "the same key a second time", "each key once", "");
            }
            read.add(text);
            reader.read(member.value(), path.key(text), schema(key))
                    .ifPresent(distribution -> search.add(key, member.key(), distribution));
        });
        trials(random, sweep).filter(unused -> complete).ifPresent(count -> draw(search, count, sweep, axes));
    }

    /** The rule of a key of experiments; missing if there is no such key. */
    private JsonNode schema(DottedKey key) {
        JsonNode schema = keys;
        for (String part : key.parts()) {
            schema = schema.path("properties").path(part);
        }
        return schema;
    }

    private Optional<Integer> trials(Member random, Members sweep) {
        Member trials = sweep.members().get(TRIALS);
        if (trials == null) {
            report(
                    random.key(),
                    KeyPath.ROOT.key(TRIALS),
                    "nothing",
                    "how many trials are drawn, a whole number of at least 1",
                    "add this key, as in \"trials\": 20");
            return Optional.empty();
        }
        JsonNode json = trials.value().json();
        boolean sound = json.isIntegralNumber()
                && json.canConvertToInt()
                && json.asInt() > 0
                && json.asInt() <= SweepLoader.MOST_RUNS;
        complete &= sound;
        return sound ? Optional.of(json.asInt()) : Optional.empty();
    }

    private void draw(RandomSearch search, int count, Members sweep, SweepAxes axes) {
        List<Members> trials = search.count() < count ? List.of() : search.trials(count);
        if (trials.size() == count) {
            axes.add(trials);
            return;
        }
        Member place = sweep.members().get(TRIALS);
        report(
                place.value().origin(),
                KeyPath.ROOT.key(TRIALS),
                count + " trials, of which no two are the same",
                search.count() < count
                        ? "at most " + search.count() + ", since there are no more different values"
                        : "fewer: no more than " + trials.size() + " different ones were found",
                "a grid makes a run of every combination");
    }

    private void readGrid(SourceValue value, SweepAxes axes) {
        KeyPath path = KeyPath.ROOT.key(GRID);
        if (!(value instanceof Members grid)) {
            complete = false;
            return;
        }
        if (hasTooManyKeys(grid, path)) {
            return;
        }
        if (grid.members().isEmpty()) {
            report(grid.origin(), path, "an object without keys", "keys, each with a list of values", "");
        }
        grid.members().forEach((text, member) -> {
            DottedKey key = DottedKey.of(text);
            if (isKey(key, member, path.key(text))) {
                values(member.value(), path.key(text))
                        .ifPresent(values -> axes.add(values.stream()
                                .map(item -> key.nest(member.key(), item))
                                .toList()));
            }
        });
    }

    /** The values of a key of the grid; nothing if there is no list of them. */
    private Optional<List<SourceValue>> values(SourceValue value, KeyPath path) {
        if (!(value instanceof Items list) || list.items().isEmpty()) {
            report(value.origin(), path, Finding.of(value), "a list of at least 1 value", adviceOnList(value));
            return Optional.empty();
        }
        Set<JsonNode> seen = new LinkedHashSet<>();
        for (int i = 0; i < list.items().size(); i++) {
            SourceValue item = list.items().get(i);
            if (!seen.add(item.json())) {
                report(item.origin(), path.item(i), Finding.of(item) + " a second time", "each value once", "");
            }
        }
        return Optional.of(list.items());
    }

    private static String adviceOnList(SourceValue value) {
        return value instanceof Members
                ? "keys are joined by dots here, as in training.epochs"
                : value instanceof Items || value.json().isNull() ? "" : "put it into brackets";
    }

    private void readRuns(SourceValue value, SweepAxes axes) {
        KeyPath path = KeyPath.ROOT.key(RUNS);
        if (!(value instanceof Items list) || list.items().isEmpty()) {
            complete = false;
            return;
        }
        List<Members> points = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            if (list.items().get(i) instanceof Members run) {
                points.add(point(run, path.item(i)));
            } else {
                complete = false;
            }
        }
        axes.add(points);
    }

    /** The settings of one run, keys without their dots. */
    private Members point(Members run, KeyPath path) {
        Members point = new Members(run.origin(), Map.of());
        if (hasTooManyKeys(run, path)) {
            return point;
        }
        for (Map.Entry<String, Member> entry : run.members().entrySet()) {
            DottedKey key = DottedKey.of(entry.getKey());
            Member member = entry.getValue();
            if (isKey(key, member, path.key(key.text()))) {
                Members setting = key.nest(member.key(), member.value());
                Set<String> earlier = point.leaves().keySet();
                boolean again = setting.leaves().keySet().stream()
                        .anyMatch(leaf -> earlier.stream().anyMatch(other -> DottedKey.overlap(leaf, other)));
                if (again) {
                    report(member.key(), path.key(key.text()), "the same key a second time", "each key once", "");
                }
                point = setting.laidOver(point);
            }
        }
        return point;
    }

    /** Every key is compared with every other one: a file that is no sweep must not keep that going for hours. */
    private boolean hasTooManyKeys(Members object, KeyPath path) {
        int keys = object.members().size();
        if (keys > MOST_KEYS) {
            report(object.origin(), path, "an object with " + keys + " keys", "at most " + MOST_KEYS, "");
        }
        return keys > MOST_KEYS;
    }

    private boolean isKey(DottedKey key, Member member, KeyPath path) {
        if (key.hasGap() || key.isTooDeep()) {
            report(member.key(), path, key.finding(), A_DOTTED_KEY, "");
            return false;
        }
        if (key.hasIndex()) {
            report(
                    member.key(),
                    path,
                    key.finding(),
                    A_DOTTED_KEY,
                    "set whole lists, as in \"model.channels\": [16, 32]");
            return false;
        }
        return true;
    }

    private void report(Origin origin, KeyPath path, String found, String expected, String advice) {
        complete = false;
        problems.add(origin, path, found, expected, advice);
    }
}
