package dev.vaelab.experiment.file;

import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.file.SourceValue.Members;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.commons.rng.UniformRandomProvider;
import tools.jackson.databind.JsonNode;

/**
 * Random search (J. Bergstra and Y. Bengio, <em>Random search for hyper-parameter optimization</em>, JMLR 13, 2012): trials, in each of
 * which the value of every key is drawn.
 *
 * <p>Each key and trial has a stream of its own, so that more trials or another key leave alone what was drawn before. No two
 * trials are the same: one that was drawn before is drawn again.
 */
final class RandomSearch {
    /** With ten thousand trials of as many values, the last one is drawn within these but once in twenty thousand times. */
    private static final int MOST_ATTEMPTS = 100_000;

    private final RandomStreams streams;
    private final Map<DottedKey, Drawn> keys = new LinkedHashMap<>();

    /** What is drawn for a key, and where the key stands. */
    private record Drawn(Origin key, Distribution distribution) {}

    /** @param seed of the sweep */
    RandomSearch(long seed) {
        streams = new RandomStreams(seed);
    }

    /** Adds a key. */
    void add(DottedKey key, Origin origin, Distribution distribution) {
        keys.put(key, new Drawn(origin, distribution));
    }

    /** Whether there is nothing to draw. */
    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** How many different trials there are at most. */
    long count() {
        long count = 1;
        for (Drawn drawn : keys.values()) {
            long values = drawn.distribution.count();
            count = count > Long.MAX_VALUE / values ? Long.MAX_VALUE : count * values;
        }
        return count;
    }

    /** The first trials; fewer if no others were found. */
    List<Members> trials(int count) {
        Set<List<JsonNode>> seen = new HashSet<>();
        List<Members> trials = new ArrayList<>();
        for (int trial = 0; trial < count && trials.size() == trial; trial++) {
            Map<DottedKey, UniformRandomProvider> random = streamsOf(trial);
            for (int attempt = 0; attempt < MOST_ATTEMPTS && trials.size() == trial; attempt++) {
                Map<DottedKey, SourceValue> values = new LinkedHashMap<>();
                keys.forEach((key, drawn) -> values.put(key, drawn.distribution.draw(random.get(key))));
                if (seen.add(values.values().stream().map(SourceValue::json).toList())) {
                    trials.add(point(values));
                }
            }
        }
        return trials;
    }

    private Map<DottedKey, UniformRandomProvider> streamsOf(int trial) {
        Map<DottedKey, UniformRandomProvider> random = new LinkedHashMap<>();
        for (DottedKey key : keys.keySet()) {
            UUID name = UUID.nameUUIDFromBytes(key.text().getBytes(StandardCharsets.UTF_8));
            random.put(
                    key,
                    streams.open(Purpose.TRIAL, name.getMostSignificantBits(), name.getLeastSignificantBits(), trial));
        }
        return random;
    }

    private Members point(Map<DottedKey, SourceValue> values) {
        Members point = null;
        for (Map.Entry<DottedKey, SourceValue> value : values.entrySet()) {
            Members setting = value.getKey().nest(keys.get(value.getKey()).key, value.getValue());
            point = point == null ? setting : setting.laidOver(point);
        }
        return point;
    }
}
