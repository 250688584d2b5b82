package dev.vaelab.cli.history;

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

    private DifferenceTable() {}

    /** The text, which ends with a line break. */
    public static String of(RunDifference difference) {
        String same = difference.same().stream().map(Aspect::toString).collect(Collectors.joining(", "));
        return keys(difference) + (same.isEmpty() ? "" : "the same: " + same + "\n") + "\n" + figures(difference);
    }

    private static String keys(RunDifference difference) {
        TextTable table = table(33, 33, 32);
        table.addRowValues("", difference.first(), difference.second());
        Aspect current = null;
        for (RunDifference.Entry entry : difference.differences()) {
            if (entry.aspect() != current) {
                current = entry.aspect();
                table.addRowValues(current.toString());
            }
            table.addRowValues("  " + entry.key(), orNothing(entry.first()), orNothing(entry.second()));
        }
        return table.toString();
    }

    private static String figures(RunDifference difference) {
        TextTable table = table(33, 16, 16, 33);
        table.addRowValues("figures", flushRight("first"), flushRight("second"), "second - first");
        for (FigurePair pair : difference.figures()) {
            table.addRowValues(
                    "  " + pair.figure() + (pair.unit().isEmpty() ? "" : " (" + pair.unit() + ")"),
                    flushRight(number(pair.first(), pair.unit(), "")),
                    flushRight(number(pair.second(), pair.unit(), "")),
                    pair.notCompared() == null
                            ? number(pair.difference(), pair.unit(), "+")
                            : "not compared: " + pair.notCompared());
        }
        return table.toString();
    }

    private static TextTable table(int... widths) {
        return TextTable.forColumns(
                Help.defaultColorScheme(Ansi.OFF),
                Arrays.stream(widths)
                        .mapToObj(width -> new Column(width, 1, Overflow.WRAP))
                        .toArray(Column[]::new));
    }

    private static String flushRight(String text) {
        return String.format("%14s", text);
    }

    private static String number(Double value, String unit, String sign) {
        if (value == null) {
            return NOTHING;
        }
        int decimals = unit.equals(RunFigures.NATS) ? 3 : unit.equals("s") ? 1 : 0;
        return String.format(Locale.ROOT, "%" + sign + "." + decimals + "f", value);
    }

    private static String orNothing(String value) {
        return value == null ? NOTHING : value;
    }
}
