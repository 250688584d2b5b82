package dev.vaelab.experiment.file;

import dev.vaelab.api.experiment.ExperimentConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** An experiment as a list of keys, to compare one with another. */
public final class ExperimentKeys {
    private ExperimentKeys() {}

    /**
     * The values by key, both as {@code --set} takes them: {@code training.epochs} and {@code 20}, {@code model.channels} and
     * {@code [32,64]}. Keys without a value are left out; the order is that of the files that {@link ExperimentWriter} writes.
     */
    public static Map<String, String> of(ExperimentConfig config) {
        Map<String, String> values = new LinkedHashMap<>();
        ConfigLeaves.of(config).forEach((key, value) -> values.put(key, text(value)));
        return values;
    }

    /** A value as {@code --set} takes it: text, a number, a truth value or a list. */
    public static String text(Object value) {
        return value instanceof String text
                ? text
                : ExperimentMapper.MAPPER.valueToTree(value).toString();
    }
}
