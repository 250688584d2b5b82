package dev.vaelab.api;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a person asked for cannot be done as asked: a wrong key, a missing file, a shape that does not fit.
 *
 * <p>Carries every problem that was found, so that a person can mend them all at once. The command line prints them
 * one a line and ends with exit code 2.
 */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @throws IllegalArgumentException if there is no problem to report */
    public InvalidInputException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("an InvalidInputException needs at least one problem");
        }
        this.problems = List.copyOf(problems);
    }

    /** For a single problem. */
    public InvalidInputException(Problem problem) {
        this(List.of(problem));
    }

    /** The problems, at least one, in the order of their places. */
    public List<Problem> problems() {
        return problems;
    }
}
