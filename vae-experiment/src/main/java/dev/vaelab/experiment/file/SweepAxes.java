package dev.vaelab.experiment.file;

import dev.vaelab.experiment.file.SourceValue.Members;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a sweep varies: axes, each a list of points, which are settings. Every combination of points, one from each axis, is
 * a run of the sweep.
 */
final class SweepAxes {
    private final List<List<Members>> axes = new ArrayList<>();
    private final Map<String, Claim> claims = new LinkedHashMap<>();

    /** For each key that is claimed, and each that it is a part of, the first claim of each axis. */
    private final Map<String, Map<Integer, Claim>> within = new HashMap<>();

    private final ProblemList problems;

    /** No axes yet; reports into these problems. */
    SweepAxes(ProblemList problems) {
        this.problems = problems;
    }

    /** Which axis sets a key, and where it first does so. */
    private record Claim(int axis, Origin origin) {}

    /** Adds an axis, whose keys no other axis may set. */
    void add(List<Members> points) {
        int axis = axes.size();
        for (Members point : points) {
            point.leaves().forEach((key, member) -> {
                claimOf(key, axis)
                        .ifPresent(claim -> problems.add(
                                member.key(),
                                DottedKey.of(key).path(),
                                "a key that is set in line " + claim.origin.line() + ", too",
                                "each key in one place",
                                ""));
                claim(key, new Claim(axis, member.key()));
            });
        }
        axes.add(points);
    }

    /** The keys that some run sets, joined by dots, in the order of the sweep. */
    Set<String> keys() {
        return new LinkedHashSet<>(claims.keySet());
    }

    /** Whether there are more combinations than a number. */
    boolean moreThan(int most) {
        long count = 1;
        for (List<Members> axis : axes) {
            count = Math.min(count * axis.size(), most + 1L);
        }
        return count > most;
    }

    /** All combinations, each as one point of every axis; the last axis varies fastest. */
    List<List<Members>> combinations() {
        List<List<Members>> combinations = List.of(List.of());
        for (List<Members> axis : axes) {
            List<List<Members>> longer = new ArrayList<>();
            for (List<Members> combination : combinations) {
                for (Members point : axis) {
                    List<Members> extended = new ArrayList<>(combination);
                    extended.add(point);
                    longer.add(extended);
                }
            }
            combinations = longer;
        }
        return combinations;
    }

    /** Refuses options that set what the sweep sets: one of them would be without effect. */
    void refuse(Overrides overrides) {
        for (Members layer : overrides.layers()) {
            layer.leaves()
                    .forEach((key, member) -> claimOf(key, -1)
                            .ifPresent(claim -> problems.add(
                                    member.key(),
                                    DottedKey.of(key).path(),
                                    "a key that the sweep sets in line " + claim.origin.line(),
                                    "a key that it leaves alone",
                                    "")));
        }
    }

    private void claim(String key, Claim claim) {
        if (claims.putIfAbsent(key, claim) == null) {
            for (String part = key; !part.isEmpty(); part = parent(part)) {
                within.computeIfAbsent(part, unused -> new LinkedHashMap<>()).putIfAbsent(claim.axis, claim);
            }
        }
    }

    /** Who else sets a key, or a part of it; asked of every key of every run, so that it looks at few claims. */
    private Optional<Claim> claimOf(String key, int exceptAxis) {
        Stream<Claim> parts = within.getOrDefault(key, Map.of()).values().stream();
        Stream<Claim> wholes = Stream.iterate(parent(key), part -> !part.isEmpty(), SweepAxes::parent)
                .map(claims::get)
                .filter(Objects::nonNull);
        return Stream.concat(parts, wholes)
                .filter(claim -> claim.axis != exceptAxis)
                .findFirst();
    }

    /** The key that a key is a part of; empty if it is none's. */
    private static String parent(String key) {
        return key.substring(0, Math.max(0, key.lastIndexOf('.')));
    }
}
