package dev.vaelab.cli.command;

import java.util.regex.Pattern;

/** A word of a command that a person is told to type. */
final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./\\[\\]-]+");

    private ShellWord() {}

    /** The word, between quotes if a shell would take it apart. */
    static String of(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
