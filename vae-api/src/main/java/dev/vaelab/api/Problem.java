package dev.vaelab.api;

import dev.vaelab.api.text.VisibleText;
import java.util.Objects;

/**
 * One thing that is wrong with what a person asked for: where it is, what was found, what was expected, what to do.
 *
 * @param place where: a file with line and key, a command-line option, a tensor name
 * @param found what is there, as the person would recognise it
 * @param expected what would have been right
 * @param advice what to do next, a short phrase without a full stop; empty if {@code expected} says it all
 */
public record Problem(String place, String found, String expected, String advice) {
    /** Rejects nulls: an empty string says that a part is not needed. */
    public Problem {
        Objects.requireNonNull(place);
        Objects.requireNonNull(found);
        Objects.requireNonNull(expected);
        Objects.requireNonNull(advice);
    }

    /** A problem whose expectation is advice enough. */
    public static Problem of(String place, String found, String expected) {
        return new Problem(place, found, expected, "");
    }

    /** The problem as one line: {@code place: found X, expected Y; advice}; what no line may hold is escaped. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(place).append(": found ").append(found);
        if (!expected.isEmpty()) {
            line.append(", expected ").append(expected);
        }
        if (!advice.isEmpty()) {
            line.append("; ").append(advice);
        }
        return VisibleText.line(line.toString());
    }
}
