package dev.vaelab.experiment.file;

import dev.vaelab.api.experiment.LayerConfig;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a layer of a list may be: a name alone, or an object. Which keys of the object belong together, the layer says. */
final class LayerSchema {
    private LayerSchema() {}

    static ObjectNode schema() {
        ObjectNode layer = ExperimentMapper.MAPPER.createObjectNode();
        layer.putArray("type").add("string").add("object");
        layer.put("pattern", "^(" + String.join("|", LayerConfig.NAMES) + ")$");
        layer.put(Expectation.PATTERN_WORDS, "one of " + String.join(", ", LayerConfig.NAMES));
        // Editors offer them, and so does advice on a name that is none.
        ArrayNode names = layer.putArray(Advice.NAMES);
        LayerConfig.NAMES.forEach(names::add);
        ObjectNode keys = layer.putObject("properties");
        positive(keys, LayerConfig.CONVOLUTION, "Output channels of a convolution.");
        positive(keys, LayerConfig.TRANSPOSED_CONVOLUTION, "Output channels of a transposed convolution.");
        positive(keys, LayerConfig.LINEAR, "Values that a linear layer gives.");
        ObjectNode reshape = keys.putObject(LayerConfig.RESHAPE);
        reshape.put("type", "array");
        reshape.put("minItems", 3);
        reshape.put("maxItems", 3);
        reshape.put("description", "Channels, height and width that values become.");
        limits(reshape.putObject("items"), "exclusiveMinimum");
        positive(keys, LayerConfig.KERNEL, "Rows and columns of the kernel of a convolution, which has to be said.");
        positive(keys, LayerConfig.STRIDE, "Step of the kernel. Default: 1.");
        limits(keys.putObject(LayerConfig.PADDING), "minimum")
                .put("description", "Rows and columns of zeros on each side of what goes in. Default: 0.");
        limits(keys.putObject(LayerConfig.OUTPUT_PADDING), "minimum")
                .put(
                        "description",
                        "Rows and columns that a transposed convolution adds at the end, less than the stride. Default: 0.");
        layer.put("additionalProperties", false);
        return layer;
    }

    private static void positive(ObjectNode keys, String key, String description) {
        limits(keys.putObject(key), "exclusiveMinimum").put("description", description);
    }

    private static ObjectNode limits(ObjectNode number, String least) {
        return number.put("type", "integer").put(least, 0).put("maximum", Integer.MAX_VALUE);
    }
}
