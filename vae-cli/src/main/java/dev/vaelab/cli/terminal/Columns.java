package dev.vaelab.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How wide the terminal is. */
final class Columns {
    /** A terminal that says it has fewer is taken to have so many. */
    static final int FEWEST = 20;

    private static final int USUAL = 80;
    private static final Pattern SIZE = Pattern.compile("\\d+ ([1-9]\\d{0,4})");

    /** To ask takes a process, and whoever drags the corner of a window sees the next lines follow. */
    private static final long NANOSECONDS_TO_KEEP = 1_000_000_000;

    private static long asked;
    private static int answer;

    private Columns() {}

    /**
     * The columns of the process's terminal, 80 if it does not tell. Asked of the system's own program: the library that could
     * be asked instead takes Ctrl-C away from the program, and with it the checkpoint that a stopped training writes.
     */
    static synchronized int ofTerminal() {
        long now = System.nanoTime();
        if (answer == 0 || now - asked > NANOSECONDS_TO_KEEP) {
            answer = Math.max(FEWEST, ask());
            asked = now;
        }
        return answer;
    }

    /** The columns of a stream: those of the terminal if it is one, else as many as there are. */
    static IntSupplier of(boolean terminal) {
        return terminal ? Columns::ofTerminal : () -> Integer.MAX_VALUE;
    }

    private static int ask() {
        ProcessBuilder program = new ProcessBuilder("sh", "-c", "stty size < /dev/tty").redirectError(Redirect.DISCARD);
        try (BufferedReader lines = program.start().inputReader()) {
            String line = lines.readLine();
            Matcher size = SIZE.matcher(line == null ? "" : line);
            return size.matches() ? Integer.parseInt(size.group(1)) : USUAL;
        } catch (IOException e) {
            return USUAL;
        }
    }
}
