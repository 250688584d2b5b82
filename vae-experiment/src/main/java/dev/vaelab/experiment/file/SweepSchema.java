package dev.vaelab.experiment.file;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules of sweep files as a JSON Schema (draft 2020-12), made from those of experiment files.
 *
 * <p>There are two forms. The <em>structure</em> judges a sweep without the values that it tries, which the rules of the
 * experiment judge once they are in their places. The <em>file</em> schema is for editors, and knows each key and its
 * values.
 */
public final class SweepSchema {
    /** The key that names the experiment file. */
    static final String EXPERIMENT_KEY = "experiment";

    private static final String NAME_KEY = "name";

    private final ExperimentSchema experiments;

    /** The rules of sweeps over experiments of these rules. */
    public SweepSchema(ExperimentSchema experiments) {
        this.experiments = experiments;
    }

    /** The schema as editors of sweep files read it: indented JSON that ends with a line break. */
    public String text() {
        ObjectNode file = ExperimentMapper.MAPPER.createObjectNode();
        file.put(ExperimentSchema.SCHEMA_KEY, ExperimentSchema.DIALECT);
        file.put("title", "Runs of one experiment with different settings");
        file.setAll(structure());
        ObjectNode properties = ExperimentMapper.MAPPER.createObjectNode();
        properties.set(ExperimentSchema.SCHEMA_KEY, ExperimentSchema.schemaKey());
        properties.setAll((ObjectNode) file.get("properties"));
        file.set("properties", properties);

        ObjectNode keys = ExperimentMapper.MAPPER.createObjectNode();
        collect(experiments.optional(), "", keys);
        ObjectNode grid = (ObjectNode) properties.get(SweepReader.GRID);
        ObjectNode values =
                grid.put("minProperties", 1).put("additionalProperties", false).putObject("properties");
        keys.properties().forEach(key -> values.set(key.getKey(), listOf(key.getValue())));
        ObjectNode run = (ObjectNode) properties.at("/" + SweepReader.RUNS + "/items");
        run.put("additionalProperties", false).set("properties", keys);
        for (String either : List.of(SweepReader.GRID, SweepReader.RUNS)) {
            file.withArray("anyOf").addObject().putArray("required").add(either);
        }
        return ExperimentMapper.WRITER.writeValueAsString(file) + "\n";
    }

    /** The schema of a sweep without the rules of what it tries. */
    ObjectNode structure() {
        ObjectNode sweep = ExperimentMapper.MAPPER.createObjectNode().put("type", "object");
        ObjectNode properties = sweep.putObject("properties");
        ObjectNode name =
                (ObjectNode) experiments.whole().at("/properties/" + NAME_KEY).deepCopy();
        properties.set(NAME_KEY, name.put("description", "What people call it; names its folder."));
        properties
                .putObject(EXPERIMENT_KEY)
                .put("type", "string")
                .put("pattern", "^.*\\S.*$")
                .put(Expectation.PATTERN_WORDS, "the path of an experiment file")
                .put("description", "The experiment file that every run begins with, relative to this file.");
        properties
                .putObject(SweepReader.GRID)
                .put("type", "object")
                .put("description", "Keys joined by dots, each with a list of values: every combination is a run.");
        properties
                .putObject(SweepReader.RUNS)
                .put("type", "array")
                .put("minItems", 1)
                .put("description", "Settings that belong together; each is combined with each point of the grid.")
                .putObject("items")
                .put("type", "object");
        sweep.putArray("required").add(NAME_KEY).add(EXPERIMENT_KEY);
        return sweep.put("additionalProperties", false);
    }

    /** Every key with its schema, objects before their members. */
    private static void collect(JsonNode schema, String prefix, ObjectNode keys) {
        schema.path("properties").properties().forEach(member -> {
            String key = prefix + member.getKey();
            keys.set(key, member.getValue());
            collect(member.getValue(), key + ".", keys);
        });
    }

    private static ObjectNode listOf(JsonNode items) {
        ObjectNode list = ExperimentMapper.MAPPER.createObjectNode();
        list.put("type", "array").put("minItems", 1).put("uniqueItems", true);
        if (items.has("description")) {
            list.set("description", items.get("description"));
        }
        list.set("items", items);
        return list;
    }
}
