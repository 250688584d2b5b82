package dev.vaelab.experiment.check;

import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.LayerConfig;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** The keys of one layer of a list, and what is wrong with them. */
final class LayerKeys {
    private final String place;
    private final Map<String, Object> keys;
    private final List<Problem> problems;
    private boolean sound = true;

    /**
     * The keys of a layer.
     *
     * @param place the layer's key
     * @param more which keys it may have beside the one that names it
     * @param problems takes what is wrong
     */
    LayerKeys(String place, LayerConfig layer, Set<String> more, List<Problem> problems) {
        this.place = place;
        this.keys = layer.keys();
        this.problems = problems;
        Set<String> known = new TreeSet<>(more);
        known.add(layer.name());
        if (keys.isEmpty()) {
            report(place, "the name alone", "an object with the keys " + String.join(", ", known));
        }
        keys.keySet().stream()
                .filter(key -> !known.contains(key))
                .forEach(key -> report(
                        place + "." + key,
                        "a key of other layers",
                        (known.size() == 1 ? "" : "one of ") + String.join(", ", known)));
    }

    /** Whether nothing was wrong so far. */
    boolean sound() {
        return sound;
    }

    /** A positive whole number that has to be there. */
    int positive(String key) {
        if (!keys.containsKey(key)) {
            if (!keys.isEmpty()) {
                report(place + "." + key, "nothing", "a whole number of at least 1");
            }
            return 1;
        }
        return number(key, 1, 1);
    }

    /** A whole number that may be left out. */
    int number(String key, int least, int byDefault) {
        Object value = keys.getOrDefault(key, byDefault);
        OptionalInt number = whole(value, least);
        if (number.isEmpty()) {
            report(place + "." + key, String.valueOf(value), "a whole number of at least " + least);
        }
        return number.orElse(Math.max(least, byDefault));
    }

    /** A file may say 3.0 for 3. */
    private static OptionalInt whole(Object value, int least) {
        return value instanceof Number number && number.doubleValue() == number.intValue() && number.intValue() >= least
                ? OptionalInt.of(number.intValue())
                : OptionalInt.empty();
    }

    /** Channels, height and width. */
    List<Integer> shape(String key) {
        if (keys.get(key) instanceof List<?> list
                && list.size() == 3
                && list.stream().allMatch(side -> whole(side, 1).isPresent())) {
            return list.stream().map(side -> whole(side, 1).getAsInt()).toList();
        }
        report(place + "." + key, String.valueOf(keys.get(key)), "channels, height and width, as [64, 7, 7]");
        return List.of(1, 1, 1);
    }

    private void report(String where, String found, String expected) {
        sound = false;
        problems.add(Problem.of(where, found, expected));
    }
}
