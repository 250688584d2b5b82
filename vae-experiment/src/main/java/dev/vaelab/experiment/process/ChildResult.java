package dev.vaelab.experiment.process;

import java.util.Optional;

/**
 * How a child ended.
 *
 * @param exitCode its exit code; 128 and more if a signal ended it
 * @param output what it wrote to standard output
 * @param lastError the last line that it wrote to standard error; empty if none
 * @param givenUp why it was killed by us; empty if it ended by itself
 * @param crash what its Java machine reported about its own crash
 */
public record ChildResult(
        int exitCode, String output, String lastError, Optional<String> givenUp, Optional<String> crash) {
    private static final int SIGNALS = 128;
    private static final int SIGNAL_OF_LAST_RESORT = 9;

    /** The same with another report of a crash. */
    ChildResult withCrash(Optional<String> report) {
        return new ChildResult(exitCode, output, lastError, givenUp, report);
    }

    /** Whether it ended by itself and with exit code 0. */
    public boolean successful() {
        return exitCode == 0 && givenUp.isEmpty();
    }

    /** The JSON object that it answered with: its last line of output, since a library may have written some before. */
    public Optional<String> answer() {
        return output.lines().filter(line -> !line.isBlank()).reduce((earlier, later) -> later);
    }

    /** What went wrong, in a phrase for a person; for a child that has not done what it was to do. */
    public String failure() {
        return givenUp.or(() -> crash).orElseGet(this::ending);
    }

    private String ending() {
        if (exitCode == 0) {
            return "ended with exit code 0 before it was done: the backend, or a library of it, ended the process";
        }
        if (exitCode == SIGNALS + SIGNAL_OF_LAST_RESORT) {
            return "killed from outside, as the system does when it is out of memory" + said();
        }
        return exitCode > SIGNALS
                ? "ended by signal " + (exitCode - SIGNALS) + said()
                : "ended with exit code " + exitCode + said();
    }

    private String said() {
        return lastError.isEmpty() ? "" : ": " + lastError.replaceFirst("^error: ", "");
    }
}
