package dev.vaelab.api;

import java.util.ArrayList;
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

    private static final int MOST_SHOWN = 20;

    private final transient List<Problem> problems;

    /** @throws IllegalArgumentException if there is no problem to report */
    public InvalidInputException(List<Problem> problems) {
        super(String.join(System.lineSeparator(), lines(problems)));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("an InvalidInputException needs at least one problem");
        }
        this.problems = List.copyOf(problems);
    }

    /** For a single problem. */
    public InvalidInputException(Problem problem) {
        this(List.of(problem));
    }

    /**
     * Problems for a person, one a line: of more than twenty the first ones, and how many more there are. Nobody reads ten
     * thousand, and the first ones often explain the others.
     */
    public static List<String> lines(List<Problem> problems) {
        List<String> lines = problems.stream()
                .limit(MOST_SHOWN)
                .map(Problem::toString)
                .collect(Collectors.toCollection(ArrayList::new));
        int more = problems.size() - lines.size();
        if (more > 0) {
            lines.add("and " + more + (more == 1 ? " problem" : " problems") + " more");
        }
        return lines;
    }

    /** The problems, all of them and at least one, in the order of their places. */
    public List<Problem> problems() {
        return problems;
    }
}
