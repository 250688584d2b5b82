package dev.vaelab.cli.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a person watches. */
final class Terminal {
    private static final int USUAL_COLUMNS = 80;
    private static final Pattern SIZE = Pattern.compile("\\d+ ([1-9]\\d{0,4})");

    private Terminal() {}

    /**
     * Whether standard error is a terminal on which a line can be drawn over. The launcher says so, since Java 17 cannot
     * tell for standard error alone.
     */
    static boolean isInteractive() {
        return "1".equals(System.getenv("VAE_TERMINAL"));
    }

    /**
     * Columns of the terminal, 80 if it does not tell. Asked of the system's own program: the library that could be asked
     * instead takes Ctrl-C away from the program, and with it the checkpoint that a stopped training writes.
     */
    static int columns() {
        ProcessBuilder program = new ProcessBuilder("sh", "-c", "stty size < /dev/tty").redirectError(Redirect.DISCARD);
        try (BufferedReader answer = program.start().inputReader()) {
            String line = answer.readLine();
            Matcher size = SIZE.matcher(line == null ? "" : line);
            return size.matches() ? Integer.parseInt(size.group(1)) : USUAL_COLUMNS;
        } catch (IOException e) {
            return USUAL_COLUMNS;
        }
    }
}
