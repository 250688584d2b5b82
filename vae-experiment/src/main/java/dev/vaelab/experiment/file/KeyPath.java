package dev.vaelab.experiment.file;

import java.util.regex.Pattern;

/**
 * The way from the root of an experiment to one of its parts, as people write it: {@code model.channels[1]}.
 *
 * @param text keys joined by dots, with list items in brackets; empty for the root
 */
record KeyPath(String text) {
    /** The whole experiment. */
    static final KeyPath ROOT = new KeyPath("");

    private static final Pattern NEEDS_QUOTES = Pattern.compile("[^\\w$-]|^$");

    /** The path of a member of the object at this path. */
    KeyPath key(String key) {
        if (NEEDS_QUOTES.matcher(key).find()) {
            return new KeyPath(text + "[" + Quoted.text(key) + "]");
        }
        return new KeyPath(text.isEmpty() ? key : text + "." + key);
    }

    /** The path of an item of the list at this path. */
    KeyPath item(int index) {
        return new KeyPath(text + "[" + index + "]");
    }
}
