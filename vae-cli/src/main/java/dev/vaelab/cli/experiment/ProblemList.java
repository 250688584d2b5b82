package dev.vaelab.cli.experiment;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The problems found so far, in whichever order; at most one for each value. */
final class ProblemList {
    private final List<Located> located = new ArrayList<>();
    private final Set<Spot> spots = new HashSet<>();

    /** Adds a problem, unless the same value at the same place already has one. */
    void add(Origin origin, KeyPath path, String found, String expected, String advice) {
        if (spots.add(new Spot(origin, path))) {
            located.add(new Located(origin, new Problem(origin.place(path), found, expected, advice)));
        }
    }

    /**
     * Goes on only if nothing is wrong.
     *
     * @throws InvalidInputException with all problems, in the order of their places
     */
    void throwIfAny() {
        if (!located.isEmpty()) {
            throw new InvalidInputException(located.stream()
                    .sorted(Comparator.comparing(Located::origin))
                    .map(Located::problem)
                    .toList());
        }
    }

    private record Located(Origin origin, Problem problem) {}

    private record Spot(Origin origin, KeyPath path) {}
}
