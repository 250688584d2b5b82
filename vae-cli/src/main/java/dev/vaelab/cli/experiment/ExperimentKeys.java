package dev.vaelab.cli.experiment;

import dev.vaelab.api.experiment.ExperimentConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An experiment as a list of keys, to compare one with another. */
public final class ExperimentKeys {
    private ExperimentKeys() {}

    /**
     * The values by key, both as {@code --set} takes them: {@code training.epochs} and {@code 20}, {@code model.channels} and
     * {@code [32,64]}. Keys without a value are left out; the order is that of the files that {@link ExperimentWriter} writes.
     */
    public static Map<String, String> of(ExperimentConfig config) {
        Map<String, String> values = new LinkedHashMap<>();
        collect(KeyPath.ROOT, ExperimentMapper.MAPPER.valueToTree(config), values);
        return values;
    }

    private static void collect(KeyPath path, JsonNode node, Map<String, String> values) {
        if (node.isObject()) {
            node.properties().forEach(member -> collect(path.key(member.getKey()), member.getValue(), values));
        } else if (!node.isNull()) {
            values.put(path.text(), node.isString() ? node.stringValue() : node.toString());
        }
    }
}
