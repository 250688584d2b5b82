package dev.vaelab.experiment.file;

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
        add(new Located(new Spot(origin, path), new Problem(origin.place(path), found, expected, advice)));
    }

    /** Adds the problems of another list by the same rule. */
    void addAll(ProblemList others) {
        others.located.forEach(this::add);
    }

    private void add(Located problem) {
        if (spots.add(problem.spot)) {
            located.add(problem);
        }
    }

    /** Whether there is none. */
    boolean isEmpty() {
        return located.isEmpty();
    }

    /** Whether one is in an object at the root, or is the object. */
    boolean concern(String key) {
        return spots.stream()
                .map(spot -> spot.path.text())
                .anyMatch(path -> path.equals(key) || path.startsWith(key + ".") || path.startsWith(key + "["));
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

    private record Located(Spot spot, Problem problem) {
        Origin origin() {
            return spot.origin;
        }
    }

    private record Spot(Origin origin, KeyPath path) {}
}
