package dev.vaelab.experiment.sweep;

import dev.vaelab.experiment.table.FittedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A sweep as plain text for a terminal. */
public final class SweepTable {
    private static final List<String> FIGURES =
            List.of("validation loss", "test total", "test reconstruction", "test kl", "images/s");

    private static final String MARK = "* ";
    private static final String UNMARKED = "  ";

    private final StringBuilder text = new StringBuilder();

    private SweepTable() {}

    /** The text, which ends with a line break. */
    public static String of(Sweep sweep) {
        return of(sweep, Integer.MAX_VALUE);
    }

    /** The text for a terminal of so many columns. */
    public static String of(Sweep sweep, int columns) {
        SweepTable table = new SweepTable();
        Map<String, List<SweepRun>> groups = sweep.byObjective();
        table.line(String.format(
                Locale.ROOT,
                "%s: %d of %d runs finished, %d failed; in nats per image, lower is better, * is the best",
                sweep.name(),
                sweep.count(SweepRun.Status.FINISHED),
                sweep.runs().size(),
                sweep.count(SweepRun.Status.FAILED)));
        groups.forEach((objective, runs) -> {
            table.line("");
            if (groups.size() > 1) {
                table.line(objective + ": not to be compared with the others");
            }
            table.text.append(rows(sweep.keys(), runs).text(columns));
        });
        return table.text.toString();
    }

    /** The mark of the best run is a part of its first cell. */
    private static FittedTable rows(List<String> keys, List<SweepRun> runs) {
        List<String> marked = keys.isEmpty() ? List.of("") : keys;
        List<String> titles = new ArrayList<>(marked);
        titles.set(0, UNMARKED + marked.get(0));
        titles.addAll(FIGURES);
        FittedTable table = FittedTable.of(marked.size(), titles);
        for (SweepRun run : runs) {
            List<String> cells = new ArrayList<>(marked.stream()
                    .map(run::setting)
                    .map(setting -> setting.isEmpty() ? "-" : setting)
                    .toList());
            cells.set(0, (run.best() ? MARK : UNMARKED) + cells.get(0));
            if (run.finished()) {
                cells.addAll(figures(run));
                table.row(cells);
            } else {
                table.row(cells, run.failure() == null ? "not finished" : "failed: " + run.failure());
            }
        }
        return table;
    }

    private static List<String> figures(SweepRun run) {
        return List.of(
                number(run.result().bestValidationLoss(), 3),
                number(run.result().test().total(), 3),
                number(run.result().test().reconstruction(), 3),
                number(run.result().test().kl(), 3),
                number(run.imagesPerSecond(), 0));
    }

    private static String number(Double value, int decimals) {
        return value == null ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }
}
