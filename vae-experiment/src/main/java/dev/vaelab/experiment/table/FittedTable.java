package dev.vaelab.experiment.table;

import dev.vaelab.api.text.VisibleText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table for a terminal that may be narrow. Its columns come in the order of their importance: those that do not fit are
 * left out, and named below. Where not even two fit beside the columns that say which row it is, each row becomes a few lines
 * of titles and values, all of them.
 */
public final class FittedTable {
    private static final String GAP = "  ";
    private static final int LEAST_FIGURES = 2;

    private final List<String> titles;
    private final int keys;
    private final List<Row> rows = new ArrayList<>();

    /**
     * A row.
     *
     * @param cells one for each column, or only those of the keys
     * @param note what stands in the place of the others; empty if they are there
     */
    private record Row(List<String> cells, String note) {}

    private FittedTable(int keys, List<String> titles) {
        this.keys = keys;
        this.titles = visible(titles);
    }

    /**
     * A table without rows.
     *
     * @param keys how many of the columns say which row it is: flush left, and never left out
     * @param titles of all columns, the most important first; those of figures are flush right
     */
    public static FittedTable of(int keys, List<String> titles) {
        return new FittedTable(keys, titles);
    }

    /** Adds a row with a cell for each column. */
    public FittedTable row(List<String> cells) {
        rows.add(new Row(visible(cells), ""));
        return this;
    }

    /** Adds a row that has no figures, and says why. */
    public FittedTable row(List<String> keyCells, String note) {
        rows.add(new Row(visible(keyCells), VisibleText.line(note)));
        return this;
    }

    /** The text for so many columns, which ends with a line break. */
    public String text(int columns) {
        int[] widths = IntStream.range(0, titles.size()).map(this::width).toArray();
        int shown = shown(widths, columns);
        boolean fits = shown == titles.size() || shown >= keys + LEAST_FIGURES;
        return fits ? asTable(widths, shown, columns) : asCards(columns);
    }

    private int width(int column) {
        return Math.max(
                titles.get(column).length(),
                rows.stream()
                        .filter(row -> column < row.cells.size())
                        .mapToInt(row -> row.cells.get(column).length())
                        .max()
                        .orElse(0));
    }

    private static int shown(int[] widths, int columns) {
        int used = -GAP.length();
        for (int column = 0; column < widths.length; column++) {
            used += GAP.length() + widths[column];
            if (used > columns) {
                return column;
            }
        }
        return widths.length;
    }

    private String asTable(int[] widths, int shown, int columns) {
        StringBuilder text = new StringBuilder(line(titles, "", widths, shown));
        rows.forEach(row -> text.append(line(row.cells, row.note, widths, shown)));
        if (shown < titles.size()) {
            String others = String.join(", ", titles.subList(shown, titles.size()));
            text.append(Words.fold("not shown for want of columns: " + others, "", GAP, columns));
        }
        return text.toString();
    }

    private String line(List<String> cells, String note, int[] widths, int shown) {
        String line = IntStream.range(0, Math.min(shown, cells.size()))
                .mapToObj(column -> padded(cells.get(column), widths[column], column < keys))
                .collect(Collectors.joining(GAP));
        return (note.isEmpty() ? line : line + GAP + note).stripTrailing() + "\n";
    }

    private static String padded(String cell, int width, boolean flushLeft) {
        String blanks = " ".repeat(width - cell.length());
        return flushLeft ? cell + blanks : blanks + cell;
    }

    private String asCards(int columns) {
        return rows.stream().map(row -> card(row, columns)).collect(Collectors.joining());
    }

    /** The keys, and below them what there is to tell. */
    private String card(Row row, int columns) {
        String head = keys == 1 ? row.cells.get(0) : pairs(row.cells, 0, keys);
        String figures = row.note.isEmpty() ? pairs(row.cells, keys, row.cells.size()) : row.note;
        return Words.fold(head, "", GAP + GAP, columns) + Words.fold(figures, GAP, GAP, columns);
    }

    /** A title and its value are one word, which no line break parts. */
    private String pairs(List<String> cells, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(column ->
                        (titles.get(column) + " " + cells.get(column)).strip().replace(' ', Words.UNBROKEN))
                .collect(Collectors.joining(GAP));
    }

    private static List<String> visible(List<String> cells) {
        return cells.stream().map(VisibleText::line).toList();
    }

    /** A table whose titles are given one by one. */
    public static FittedTable of(int keys, String... titles) {
        return of(keys, Arrays.asList(titles));
    }
}
