package dev.vaelab.cli.process;

/**
 * How a child ended.
 *
 * @param exitCode its exit code; 128 and more if a signal ended it
 * @param output what it wrote to standard output
 * @param lastError the last line that it wrote to standard error; empty if none
 * @param givenUp why it was killed by us; empty if it ended by itself
 */
public record ChildResult(int exitCode, String output, String lastError, String givenUp) {
    /** Whether it ended by itself and well. */
    public boolean successful() {
        return exitCode == 0 && givenUp.isEmpty();
    }

    /** What went wrong, in a phrase. */
    public String failure() {
        if (!givenUp.isEmpty()) {
            return givenUp;
        }
        String said = lastError.isEmpty() ? "" : ": " + lastError;
        return exitCode >= 128
                ? "ended by signal " + (exitCode - 128) + " (a crash, or the system was out of memory)" + said
                : "ended with exit code " + exitCode + said;
    }
}
