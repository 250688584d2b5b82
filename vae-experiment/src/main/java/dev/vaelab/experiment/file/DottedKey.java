package dev.vaelab.experiment.file;

import dev.vaelab.experiment.file.SourceValue.Members;
import java.util.List;

/**
 * A key as {@code --set} and sweeps write it: {@code training.optimizer.learningRate}.
 *
 * @param text as it is written
 * @param parts the keys between the dots
 */
record DottedKey(String text, List<String> parts) {
    /** The key of a text. */
    static DottedKey of(String text) {
        return new DottedKey(text, List.of(text.split("\\.", -1)));
    }

    /** Whether a part of it is missing. */
    boolean hasGap() {
        return parts.stream().anyMatch(String::isBlank);
    }

    /** Whether it leads deeper than files may. */
    boolean isTooDeep() {
        return parts.size() > SourceFormat.DEEPEST;
    }

    /** Whether it points into a list, which no key does. */
    boolean hasIndex() {
        return text.indexOf('[') >= 0;
    }

    /** The key in words that complete "found ...". */
    String finding() {
        return isTooDeep() ? "a key of " + parts.size() + " parts" : "the key " + Quoted.text(text);
    }

    /** The way that the key goes from the root. */
    KeyPath path() {
        KeyPath path = KeyPath.ROOT;
        for (String part : parts) {
            path = path.key(part);
        }
        return path;
    }

    /**
     * The objects in each other whose innermost has the value.
     *
     * @param origin where the key is written
     */
    Members nest(Origin origin, SourceValue value) {
        SourceValue nested = value;
        for (int i = parts.size() - 1; i >= 0; i--) {
            nested = Members.of(parts.get(i), origin, nested);
        }
        return (Members) nested;
    }

    /** Whether one of two keys is the other, or leads to it. */
    static boolean overlap(String one, String other) {
        return one.equals(other) || one.startsWith(other + ".") || other.startsWith(one + ".");
    }
}
