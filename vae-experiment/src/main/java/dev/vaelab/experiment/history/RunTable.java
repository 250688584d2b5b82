package dev.vaelab.experiment.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Runs as plain text for a terminal: one table for each measure and each data, since figures of two measures cannot be compared,
 * nor those of other images under the same name.
 */
public final class RunTable {
    private static final String NOTHING = "-";
    private static final String GAP = "  ";
    private static final List<String> TITLES =
            List.of("run", "backend", "seed", "epochs", "best", "validation", "reconstruction", "kl", "total", "state");
    /** Of the columns of text, which are flush left; numbers are flush right. */
    private static final List<Integer> TEXT = List.of(0, 1, 9);

    private RunTable() {}

    /** The text, which ends with a line break; runs keep their order within their table. */
    public static String of(List<RunSummary> runs) {
        List<String> blocks = new ArrayList<>();
        List<List<RunSummary>> groups = groups(runs);
        List<String> measures =
                groups.stream().map(group -> measure(group.get(0))).toList();
        for (int index = 0; index < groups.size(); index++) {
            List<RunSummary> group = groups.get(index);
            boolean ambiguous = Collections.frequency(measures, measures.get(index)) > 1;
            blocks.add(measures.get(index)
                    + (ambiguous ? ", images " + images(group) : "")
                    + otherPaths(group)
                    + ", nats per image; validation is reconstruction + beta * kl of the best epoch\n"
                    + table(group));
        }
        String unreadable = runs.stream()
                .filter(run -> run.state() == RunSummary.State.UNREADABLE)
                .map(run -> GAP + run.run() + ": " + run.reason() + "\n")
                .collect(Collectors.joining());
        if (!unreadable.isEmpty()) {
            blocks.add("unreadable\n" + unreadable);
        }
        return String.join("\n", blocks);
    }

    /**
     * Runs whose figures can be compared; groups in the order of their measures. A run that has not begun has no figures, and
     * does not keep the others apart.
     */
    private static List<List<RunSummary>> groups(List<RunSummary> runs) {
        List<RunSummary> measured =
                runs.stream().filter(run -> run.measure() != null).toList();
        Map<String, String> keys = new HashMap<>();
        for (RunSummary run : measured) {
            if (run.images() != null) {
                keys.putIfAbsent(measure(run), keyOfImages(run));
            }
        }
        Map<String, List<RunSummary>> groups = new LinkedHashMap<>();
        for (RunSummary run : measured) {
            String key = run.images() == null ? keys.getOrDefault(measure(run), measure(run)) : keyOfImages(run);
            groups.computeIfAbsent(key, any -> new ArrayList<>()).add(run);
        }
        return groups.values().stream()
                .sorted(Comparator.comparing(group -> measure(group.get(0))))
                .toList();
    }

    private static String keyOfImages(RunSummary run) {
        return Measures.withBeta(run.measureWithoutPath(), run.beta()) + ", images " + run.images();
    }

    private static String measure(RunSummary run) {
        return Measures.withBeta(run.measure(), run.beta());
    }

    private static String images(List<RunSummary> group) {
        return group.stream()
                .map(RunSummary::images)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    private static String otherPaths(List<RunSummary> group) {
        List<String> paths = group.stream()
                .map(RunSummary::path)
                .filter(Objects::nonNull)
                .distinct()
                .skip(1)
                .toList();
        return paths.isEmpty() ? "" : ", the same images as in " + String.join(", ", paths);
    }

    private static String table(List<RunSummary> runs) {
        List<List<String>> rows = new ArrayList<>(List.of(TITLES));
        runs.forEach(run -> rows.add(row(run)));
        List<Integer> widths = IntStream.range(0, TITLES.size())
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElseThrow())
                .toList();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                                .mapToObj(column -> padded(row.get(column), column, widths.get(column)))
                                .collect(Collectors.joining(GAP))
                                .stripTrailing()
                        + "\n")
                .collect(Collectors.joining());
    }

    private static List<String> row(RunSummary run) {
        return List.of(
                run.run(),
                String.join("+", run.backends()),
                run.seed().toString(),
                run.epochsDone() + "/" + run.epochsAsked(),
                run.bestEpoch() == null ? NOTHING : run.bestEpoch().toString(),
                nats(run.validationLoss()),
                nats(run.test() == null ? null : run.test().reconstruction()),
                nats(run.test() == null ? null : run.test().kl()),
                nats(run.test() == null ? null : run.test().total()),
                run.state().name().toLowerCase(Locale.ROOT));
    }

    private static String padded(String cell, int column, int width) {
        String blanks = " ".repeat(width - cell.length());
        return TEXT.contains(column) ? cell + blanks : blanks + cell;
    }

    private static String nats(Double value) {
        return value == null ? NOTHING : String.format(Locale.ROOT, "%.3f", value);
    }
}
