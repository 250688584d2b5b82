package dev.vaelab.experiment.file;

import java.util.ArrayList;
import java.util.List;

/**
 * A key that means something under some choices only.
 *
 * @param object where both keys are, joined by dots
 * @param key what belongs to the choices
 * @param chooser the key of the choice
 * @param byDefault what is chosen if the file does not say
 * @param choices under which the key means something
 */
record ChosenKey(String object, String key, String chooser, String byDefault, List<String> choices) {
    ChosenKey {
        choices = List.copyOf(choices);
    }

    /** The same key under the choices of both. */
    ChosenKey or(ChosenKey other) {
        List<String> all = new ArrayList<>(choices);
        all.addAll(other.choices);
        return new ChosenKey(object, key, chooser, byDefault, all);
    }
}
