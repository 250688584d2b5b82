package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import java.util.List;

/** Where images are that were moved while runs were waiting: the one thing that may be said anew of runs that go on together. */
final class MovedImages {
    /** The key that names their folder. */
    static final String KEY = "dataset.path";

    private static final String ADVICE = "--set " + KEY + "=DIR names where the images are now";

    private MovedImages() {}

    /** Whether an option {@code --set} says so, and nothing else. */
    static boolean isTold(String override) {
        return override.strip().startsWith(KEY + "=");
    }

    /** The problems with what to do about images that are not where they were; places are keys. */
    static InvalidInputException advised(List<Problem> problems) {
        return new InvalidInputException(problems.stream()
                .map(problem -> problem.place().equals(KEY)
                        ? new Problem(
                                problem.place(),
                                problem.found(),
                                problem.expected(),
                                (problem.advice().isEmpty() ? "" : problem.advice() + "; ") + ADVICE)
                        : problem)
                .toList());
    }
}
