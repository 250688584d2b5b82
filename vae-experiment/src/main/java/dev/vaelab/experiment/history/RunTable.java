package dev.vaelab.experiment.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
        Map<String, List<RunSummary>> byMeasure = runs.stream()
                .filter(run -> run.measure() != null)
                .collect(Collectors.groupingBy(
                        run -> Measures.withBeta(run.measure(), run.beta()), TreeMap::new, Collectors.toList()));
        List<String> blocks = new ArrayList<>();
        byMeasure.forEach((measure, all) -> {
            Map<String, List<RunSummary>> byData = byData(all);
            byData.forEach((data, group) -> blocks.add(measure
                    + (byData.size() > 1 ? ", images " + data : "")
                    + ", nats per image; validation is reconstruction + beta * kl of the best epoch\n"
                    + table(group)));
        });
        String unreadable = runs.stream()
                .filter(run -> run.state() == RunSummary.State.UNREADABLE)
                .map(run -> GAP + run.run() + ": " + run.reason() + "\n")
                .collect(Collectors.joining());
        if (!unreadable.isEmpty()) {
            blocks.add("unreadable\n" + unreadable);
        }
        return String.join("\n", blocks);
    }

    /** A run that has not begun has no figures, and does not keep the others apart. */
    private static Map<String, List<RunSummary>> byData(List<RunSummary> runs) {
        String known = runs.stream()
                .map(RunSummary::images)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
        return runs.stream()
                .collect(Collectors.groupingBy(
                        run -> Objects.requireNonNullElse(run.images(), known),
                        LinkedHashMap::new,
                        Collectors.toList()));
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
