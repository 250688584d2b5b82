package dev.vaelab.experiment.file;

import dev.vaelab.api.experiment.ExperimentConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The keys of an experiment and their values, keys joined by dots as {@code --set} takes them. */
final class ConfigLeaves {
    private ConfigLeaves() {}

    /** Every key that has a value, in the order of the records; values are texts, numbers, truth values and lists. */
    static Map<String, Object> of(ExperimentConfig config) {
        Map<String, Object> leaves = new LinkedHashMap<>();
        collect(ExperimentMapper.MAPPER.valueToTree(config), "", leaves);
        return leaves;
    }

    private static void collect(JsonNode object, String prefix, Map<String, Object> leaves) {
        object.properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (value.isObject()) {
                collect(value, prefix + member.getKey() + ".", leaves);
            } else if (!value.isNull()) {
                leaves.put(prefix + member.getKey(), ExperimentMapper.MAPPER.treeToValue(value, Object.class));
            }
        });
    }
}
