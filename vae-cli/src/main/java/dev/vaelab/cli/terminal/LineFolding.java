package dev.vaelab.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/**
 * Breaks lines that are wider than a terminal, between words, and indents what follows. A word that is wider than the terminal
 * is broken, too, unless it holds a slash: a path in pieces could not be copied.
 */
final class LineFolding {
    private static final int INDENT = 2;

    private LineFolding() {}

    /**
     * The lines that a line becomes.
     *
     * @param line without a line feed
     * @param columns of the terminal, at least 1
     */
    static List<String> fold(String line, int columns) {
        if (width(line) <= columns) {
            return List.of(line);
        }
        int indent = line.length() - line.stripLeading().length();
        String hanging = " ".repeat(Math.min(indent + INDENT, columns / 4));
        List<String> folded = new ArrayList<>();
        String rest = line.stripTrailing();
        while (width(rest) > columns) {
            int end = breakAt(rest, columns);
            folded.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).strip();
            rest = rest.isEmpty() ? "" : hanging + rest;
        }
        if (!rest.isEmpty()) {
            folded.add(rest);
        }
        return folded;
    }

    /** Where the next line begins; at least one character further than where this one begins. */
    private static int breakAt(String line, int columns) {
        int first = line.length() - line.stripLeading().length();
        int space = -1;
        int fits = first;
        int width = 0;
        while (fits < line.length()) {
            int character = line.codePointAt(fits);
            if (character == ' ' && fits > first) {
                space = fits;
            }
            width = width(line.substring(0, fits + Character.charCount(character)));
            if (width > columns) {
                break;
            }
            fits += Character.charCount(character);
        }
        if (space > first) {
            return space;
        }
        int wordEnd = line.indexOf(' ', first);
        int end = wordEnd < 0 ? line.length() : wordEnd;
        boolean path = line.substring(first, end).indexOf('/') >= 0;
        return path ? end : Math.max(fits, line.offsetByCodePoints(first, 1));
    }

    /** Columns that a text takes: characters of East Asian scripts and emoji take two, combining marks none. */
    static int width(String text) {
        return text.codePoints()
                .map(character -> Math.max(0, WCWidth.wcwidth(character)))
                .sum();
    }
}
