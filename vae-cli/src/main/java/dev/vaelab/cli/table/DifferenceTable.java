package dev.vaelab.cli.table;

import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.history.Aspect;
import dev.vaelab.experiment.history.FigurePair;
import dev.vaelab.experiment.history.RunDifference;
import dev.vaelab.experiment.history.RunFigures;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** The difference of two runs as plain text of at most 100 columns; what is longer is broken into lines. */
public final class DifferenceTable {
    private static final String NOTHING = "-";
    private static final int WIDEST = 100;
    private static final int FEWEST_FOR_COLUMNS = 70;
    private static final int NUMBER = 14;

    private DifferenceTable() {}

    /** The text, which ends with a line break. */
    public static String of(RunDifference difference) {
        return of(difference, WIDEST);
    }

    /** The text for a terminal of so many columns: with few of them values stand below their keys, not beside them. */
    public static String of(RunDifference difference, int columns) {
        String same = difference.same().stream().map(Aspect::toString).collect(Collectors.joining(", "));
        String sameLine = same.isEmpty() ? "" : "the same: " + same + "\n";
        return columns < FEWEST_FOR_COLUMNS
                ? keysAbove(difference) + sameLine + "\n" + figuresAbove(difference)
                : keys(difference, Math.min(columns, WIDEST))
                        + sameLine
                        + "\n"
                        + figures(difference, Math.min(columns, WIDEST));
    }

    private static String keysAbove(RunDifference difference) {
        StringBuilder text = new StringBuilder();
        text.append(line("first: " + difference.first())).append(line("second: " + difference.second()));
        Aspect current = null;
        for (RunDifference.Entry entry : difference.differences()) {
            if (entry.aspect() != current) {
                current = entry.aspect();
                text.append(line(current.toString()));
            }
            text.append(line("  " + entry.key()))
                    .append(line("    " + orNothing(entry.first())))
                    .append(line("    " + orNothing(entry.second())));
        }
        return text.toString();
    }

    private static String figuresAbove(RunDifference difference) {
        StringBuilder text = new StringBuilder(line("figures: first, second, second - first"));
        for (FigurePair pair : difference.figures()) {
            text.append(line("  " + title(pair)))
                    .append(line("    " + number(pair.first(), pair.unit(), "") + ", "
                            + number(pair.second(), pair.unit(), "") + ", " + compared(pair)));
        }
        return text.toString();
    }

    private static String line(String text) {
        return VisibleText.line(text) + "\n";
    }

    private static String keys(RunDifference difference, int columns) {
        int value = columns * 32 / WIDEST;
        TextTable table = table(columns - 2 * value, value, value);
        add(table, "", difference.first(), difference.second());
        Aspect current = null;
        for (RunDifference.Entry entry : difference.differences()) {
            if (entry.aspect() != current) {
                current = entry.aspect();
                add(table, current.toString());
            }
            add(table, "  " + entry.key(), orNothing(entry.first()), orNothing(entry.second()));
        }
        return text(table);
    }

    private static String figures(RunDifference difference, int columns) {
        int reason = columns * 32 / WIDEST;
        TextTable table = table(columns - 2 * NUMBER - reason, NUMBER, NUMBER, reason);
        add(table, "figures", flushRight("first"), flushRight("second"), "second - first");
        for (FigurePair pair : difference.figures()) {
            add(
                    table,
                    "  " + title(pair),
                    flushRight(number(pair.first(), pair.unit(), "")),
                    flushRight(number(pair.second(), pair.unit(), "")),
                    compared(pair));
        }
        return text(table);
    }

    private static String title(FigurePair pair) {
        return pair.figure() + (pair.unit().isEmpty() ? "" : " (" + pair.unit() + ")");
    }

    private static String compared(FigurePair pair) {
        return pair.notCompared() == null
                ? number(pair.difference(), pair.unit(), "+")
                : "not compared: " + pair.notCompared();
    }

    private static TextTable table(int... widths) {
        TextTable table = TextTable.forColumns(
                Help.defaultColorScheme(Ansi.OFF),
                Arrays.stream(widths)
                        .mapToObj(width -> new Column(width, 1, Overflow.WRAP))
                        .toArray(Column[]::new));
        table.indentWrappedLines = 0;
        return table;
    }

    /** Each cell begins in the same line; the table's own method begins where the cell before it has ended. */
    private static void add(TextTable table, String... cells) {
        table.addEmptyRow();
        int row = table.rowCount() - 1;
        for (int column = 0; column < cells.length; column++) {
            table.putValue(row, column, Ansi.OFF.text(VisibleText.line(cells[column])));
        }
    }

    /** Without the empty line that follows cells of several lines. */
    private static String text(TextTable table) {
        return table.toString()
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String flushRight(String text) {
        return String.format(Locale.ROOT, "%" + (NUMBER - 1) + "s", text);
    }

    private static String number(Double value, String unit, String sign) {
        if (value == null) {
            return NOTHING;
        }
        int decimals = switch (unit) {
            case RunFigures.SHARE -> 4;
            case RunFigures.NATS, RunFigures.DISTANCE -> 3;
            case "s" -> 1;
            default -> 0;
        };
        return String.format(Locale.ROOT, "%" + sign + "." + decimals + "f", value);
    }

    private static String orNothing(String value) {
        return value == null ? NOTHING : value;
    }
}
