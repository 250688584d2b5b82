package dev.vaelab.experiment.history;

import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.estimate.EstimateTables;
import dev.vaelab.experiment.table.FittedTable;
import dev.vaelab.experiment.table.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Runs as plain text for a terminal: one table for each measure and each data, since figures of two measures cannot be compared,
 * nor those of other images under the same name.
 */
public final class RunTable {
    private static final String NOTHING = "-";
    private static final String GAP = "  ";
    private static final String STATE = "state";
    private static final List<String> TITLES =
            List.of("run", "backend", "seed", "epochs", "best", "validation", "reconstruction", "kl", "total", STATE);
    /** The columns of text, which are flush left; numbers are flush right. */
    private static final Set<String> TEXT = Set.of("run", "backend", STATE);

    /** The columns in the order in which a narrow terminal has them: what came of a run, and only then what it was. */
    private static final List<Integer> BY_IMPORTANCE = List.of(0, 5, 8, 9, 3, 1, 2, 6, 7, 4);

    /** Where a column stands for each term that a loss adds: before the state. */
    private static final int ADDED = TITLES.indexOf(STATE);

    private RunTable() {}

    /** The text, which ends with a line break; runs keep their order within their table. */
    public static String of(List<RunSummary> runs) {
        return of(runs, Integer.MAX_VALUE);
    }

    /** The text for a terminal of so many columns. */
    public static String of(List<RunSummary> runs, int columns) {
        List<String> blocks = new ArrayList<>();
        List<List<RunSummary>> groups = groups(runs);
        List<String> measures =
                groups.stream().map(group -> measure(group.get(0))).toList();
        for (int index = 0; index < groups.size(); index++) {
            List<RunSummary> group = groups.get(index);
            boolean ambiguous = Collections.frequency(measures, measures.get(index)) > 1;
            blocks.add(VisibleText.line(
                            measures.get(index) + (ambiguous ? ", images " + images(group) : "") + otherPaths(group))
                    + ", nats per image; validation is the loss of the best epoch\n"
                    + table(group, columns));
        }
        EstimateTables estimates = new EstimateTables("run");
        runs.forEach(run -> estimates.add(run.run(), run.estimates()));
        blocks.addAll(estimates.text(columns));
        String unreadable = runs.stream()
                .filter(run -> run.state() == RunSummary.State.UNREADABLE)
                .map(run -> GAP + VisibleText.line(run.run() + ": " + run.reason()) + "\n")
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

    private static String table(List<RunSummary> runs, int columns) {
        String wide = table(runs);
        return Words.fits(wide, columns) ? wide : narrow(runs, columns);
    }

    private static String narrow(List<RunSummary> runs, int columns) {
        Set<String> added = added(runs);
        FittedTable table = FittedTable.of(1, byImportance(titles(added), added.size()));
        runs.forEach(run -> table.row(byImportance(row(run, added), added.size())));
        return table.text(columns);
    }

    private static List<String> byImportance(List<String> cells, int added) {
        return Stream.concat(
                        BY_IMPORTANCE.stream().map(place -> place < ADDED ? place : place + added),
                        IntStream.range(ADDED, ADDED + added).boxed())
                .map(cells::get)
                .toList();
    }

    /** The terms that the loss adds, which is the same one in all runs of a table. */
    private static Set<String> added(List<RunSummary> runs) {
        return runs.stream()
                .filter(run -> run.test() != null)
                .flatMap(run -> run.test().added().keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<String> titles(Set<String> added) {
        List<String> titles = new ArrayList<>(TITLES);
        titles.addAll(ADDED, added);
        return titles;
    }

    private static String table(List<RunSummary> runs) {
        Set<String> added = added(runs);
        List<String> titles = titles(added);
        List<List<String>> rows = new ArrayList<>(List.of(titles));
        runs.forEach(run -> rows.add(row(run, added)));
        List<Integer> widths = IntStream.range(0, titles.size())
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElseThrow())
                .toList();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                                .mapToObj(column -> padded(row.get(column), titles.get(column), widths.get(column)))
                                .collect(Collectors.joining(GAP))
                                .stripTrailing()
                        + "\n")
                .collect(Collectors.joining());
    }

    private static List<String> row(RunSummary run, Set<String> added) {
        List<String> cells = new ArrayList<>(List.of(
                VisibleText.line(run.run()),
                VisibleText.line(String.join("+", run.backends())),
                run.seed().toString(),
                run.epochsDone() + "/" + run.epochsAsked(),
                run.bestEpoch() == null ? NOTHING : run.bestEpoch().toString(),
                nats(run.validationLoss()),
                nats(run.test() == null ? null : run.test().reconstruction()),
                nats(run.test() == null ? null : run.test().kl()),
                nats(run.test() == null ? null : run.test().total()),
                run.state().name().toLowerCase(Locale.ROOT)));
        cells.addAll(
                ADDED,
                added.stream()
                        .map(term -> nats(
                                run.test() == null ? null : run.test().added().get(term)))
                        .toList());
        return cells;
    }

    private static String padded(String cell, String column, int width) {
        String blanks = " ".repeat(width - cell.length());
        return TEXT.contains(column) ? cell + blanks : blanks + cell;
    }

    private static String nats(Double value) {
        return value == null ? NOTHING : String.format(Locale.ROOT, "%.3f", value);
    }
}
