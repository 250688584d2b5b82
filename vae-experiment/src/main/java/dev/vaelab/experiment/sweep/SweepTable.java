package dev.vaelab.experiment.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A sweep as plain text for a terminal. */
public final class SweepTable {
    private static final List<String> FIGURES =
            List.of("validation loss", "test total", "test reconstruction", "test kl", "images/s");

    private final StringBuilder text = new StringBuilder();

    private SweepTable() {}

    /** The text, which ends with a line break. */
    public static String of(Sweep sweep) {
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
            table.rows(sweep.keys(), runs);
        });
        return table.text.toString();
    }

    private void rows(List<String> keys, List<SweepRun> runs) {
        List<Row> rows = new ArrayList<>(List.of(new Row("", keys, FIGURES)));
        runs.forEach(run -> rows.add(row(keys, run)));
        int[] settings = widths(rows.stream().map(Row::settings).toList());
        int[] figures = widths(rows.stream().map(Row::figures).toList());
        for (Row row : rows) {
            StringBuilder line = new StringBuilder(row.mark.isEmpty() ? " " : row.mark);
            for (int column = 0; column < row.settings.size(); column++) {
                line.append(' ')
                        .append(pad(row.settings.get(column), -settings[column]))
                        .append(' ');
            }
            for (int column = 0; column < row.figures.size(); column++) {
                // A reason stands alone, and makes no column wide.
                int width = row.figures.size() == 1 ? 0 : figures[column];
                line.append(' ').append(pad(row.figures.get(column), width)).append(' ');
            }
            line(line.toString());
        }
    }

    private static Row row(List<String> keys, SweepRun run) {
        List<String> settings = keys.stream()
                .map(run::setting)
                .map(setting -> setting.isEmpty() ? "-" : setting)
                .toList();
        if (!run.finished()) {
            String reason = run.failure() == null ? "not finished" : "failed: " + run.failure();
            return new Row("", settings, List.of(reason));
        }
        return new Row(
                run.best() ? "*" : "",
                settings,
                List.of(
                        number(run.result().bestValidationLoss(), 3),
                        number(run.result().test().total(), 3),
                        number(run.result().test().reconstruction(), 3),
                        number(run.result().test().kl(), 3),
                        number(run.imagesPerSecond(), 0)));
    }

    /** The widest cell of each column, over the rows that have them all. */
    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        rows.stream().filter(row -> row.size() == widths.length).forEach(row -> {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        });
        return widths;
    }

    /** A cell so wide, its text to the right, or to the left if the width is negative. */
    private static String pad(String cell, int width) {
        return width == 0 ? cell : String.format(Locale.ROOT, "%" + width + "s", cell);
    }

    private static String number(Double value, int decimals) {
        return value == null ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append(System.lineSeparator());
    }

    /**
     * A line of the table.
     *
     * @param mark of the best run
     * @param settings one cell for each key
     * @param figures one cell for each figure, or the reason why there is none
     */
    private record Row(String mark, List<String> settings, List<String> figures) {}
}
