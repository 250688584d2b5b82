package dev.vaelab.experiment.table;

import java.util.Arrays;

/** Text that is broken into lines between its words. */
public final class Words {
    /** A blank that is none for {@link #fold}. */
    static final char UNBROKEN = '\u00a0';

    private Words() {}

    /**
     * Breaks a text into lines; a word that is wider than a line has one of its own.
     *
     * @param first what the first line begins with
     * @param next what each other line begins with
     * @return lines, each with a line break behind it
     */
    static String fold(String text, String first, String next, int columns) {
        StringBuilder folded = new StringBuilder();
        StringBuilder line = new StringBuilder(first);
        int begin = first.length();
        for (String word : Arrays.stream(text.split("(?<=[^ ])(?= )")).toList()) {
            if (line.length() > begin && line.length() + word.stripTrailing().length() > columns) {
                folded.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(next);
                begin = next.length();
            }
            line.append(line.length() > begin ? word : word.stripLeading());
        }
        folded.append(line.toString().stripTrailing()).append('\n');
        return folded.toString().replace(UNBROKEN, ' ');
    }

    /** Whether no line of a text is wider. */
    public static boolean fits(String text, int columns) {
        return text.lines().allMatch(line -> line.length() <= columns);
    }
}
