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
import tools.jackson.databind.JsonNode;

/**
 * Reads what a sweep varies. Each key of its grid is an axis whose points are the key's values; its list of runs is an axis
 * whose points are the runs.
 */
final class SweepReader {
    /** The key of the object whose keys are varied independently. */
    static final String GRID = "grid";

    /** The key of the list of settings that belong together. */
    static final String RUNS = "runs";

    private static final String A_DOTTED_KEY = "keys joined by dots, as in training.epochs";

    /** Many times those that an experiment has. */
    private static final int MOST_KEYS = 1000;

    private final ProblemList problems;
    private boolean complete = true;

    /** Reports into these problems, except that a value is of the wrong type: the schema tells that. */
    SweepReader(ProblemList problems) {
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
            }
        });
        if (!sweep.members().containsKey(GRID) && !sweep.members().containsKey(RUNS)) {
            report(
                    sweep.origin(),
                    KeyPath.ROOT,
                    "neither " + GRID + " nor " + RUNS,
                    "at least one of them",
                    "to try seeds, for example, add \"grid\": { \"seed\": [1, 2] }");
        }
        return axes;
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
