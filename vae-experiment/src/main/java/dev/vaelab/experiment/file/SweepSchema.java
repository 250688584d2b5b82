package dev.vaelab.experiment.file;

import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
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

    /** The key of the figure by which runs are ranked. */
    static final String METRIC = "metric";

    /** The key of how bad runs are stopped. */
    static final String STOPPING = "stopping";

    /** The key of how many runs come to a rung for one that goes on. */
    static final String REDUCTION = "reduction";

    /** The key of the first rung. */
    static final String MINIMUM_EPOCHS = "minimumEpochs";

    private static final String NAME_KEY = "name";
    private static final int MOST_REDUCTION = 1000;

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
        ObjectNode drawn = (ObjectNode) properties.get(SweepReader.RANDOM);
        ObjectNode distributions =
                drawn.put("minProperties", 1).put("additionalProperties", false).putObject("properties");
        keys.properties().forEach(key -> distributions.set(key.getKey(), distributionOf(key.getValue())));
        for (String either : List.of(SweepReader.GRID, SweepReader.RUNS, SweepReader.RANDOM)) {
            file.withArray("anyOf").addObject().putArray("required").add(either);
        }
        ObjectNode dependent = file.putObject("dependentSchemas");
        dependent.putObject(SweepReader.RANDOM).putArray("required").add(SweepReader.TRIALS);
        dependent.putObject(SweepReader.TRIALS).putArray("required").add(SweepReader.RANDOM);
        ArrayNode meaning = dependent.putObject(SweepReader.SEED).putArray("anyOf");
        for (String either : List.of(SweepReader.RANDOM, STOPPING)) {
            meaning.addObject().putArray("required").add(either);
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
        properties
                .putObject(SweepReader.RANDOM)
                .put("type", "object")
                .put(
                        "description",
                        "Keys joined by dots, each with what its values are drawn from; each trial is combined with each"
                                + " point of the grid.");
        properties
                .putObject(SweepReader.TRIALS)
                .put("type", "integer")
                .put("minimum", 1)
                .put("maximum", SweepLoader.MOST_RUNS)
                .put("description", "How many trials are drawn, of which no two are the same.");
        properties
                .putObject(SweepReader.SEED)
                .put("type", "integer")
                .put("minimum", Long.MIN_VALUE)
                .put("maximum", Long.MAX_VALUE)
                .put("default", SweepReader.DEFAULT_SEED)
                .put("description", "What trials are drawn from; the seeds of the runs are their own.");
        ObjectNode metric = properties.putObject(METRIC).put("type", "string");
        Arrays.stream(Ranking.Metric.values())
                .forEach(value -> metric.withArray("enum").add(value.toString()));
        metric.put("default", Ranking.Metric.LOSS.toString())
                .put(
                        "description",
                        "The figure of the validation images by which runs are ranked and stopped, the lowest first: loss,"
                                + " which training minimizes; total, the negative ELBO whatever loss.beta is; or"
                                + " reconstruction.");
        properties.set(STOPPING, stopping());
        sweep.putArray("required").add(NAME_KEY).add(EXPERIMENT_KEY);
        return sweep.put("additionalProperties", false);
    }

    private static ObjectNode stopping() {
        ObjectNode stopping = ExperimentMapper.MAPPER.createObjectNode().put("type", "object");
        stopping.put(
                "description",
                "How bad runs are stopped before their last epoch. Default: every run is trained whole.");
        ObjectNode properties = stopping.putObject("properties");
        ObjectNode name = properties.putObject(NAME_KEY).put("type", "string");
        Arrays.stream(Stopping.Rule.values())
                .forEach(value -> name.withArray("enum").add(value.toString()));
        name.put(
                "description",
                "asha: asynchronous successive halving, a run goes on as soon as it is among the best so far; halving: it is"
                        + " decided once all runs have come to the rung.");
        properties
                .putObject(REDUCTION)
                .put("type", "integer")
                .put("minimum", 2)
                .put("maximum", MOST_REDUCTION)
                .put("default", Stopping.DEFAULT_REDUCTION)
                .put("description", "One run in so many goes on from a rung, to one that is so many times as far.");
        properties
                .putObject(MINIMUM_EPOCHS)
                .put("type", "integer")
                .put("minimum", 1)
                .put("maximum", Integer.MAX_VALUE)
                .put("default", Stopping.DEFAULT_MINIMUM_EPOCHS)
                .put("description", "Epochs of every run; the first rung.");
        stopping.putArray("required").add(NAME_KEY);
        return stopping.put("additionalProperties", false);
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

    private static ObjectNode distributionOf(JsonNode key) {
        ObjectNode distribution = ExperimentMapper.MAPPER.createObjectNode().put("type", "object");
        if (key.has("description")) {
            distribution.set("description", key.get("description"));
        }
        distribution.put("minProperties", 1).put("maxProperties", 1).put("additionalProperties", false);
        ObjectNode properties = distribution.putObject("properties");
        for (DistributionReader.Kind kind : DistributionReader.suiting(key)) {
            properties.set(kind.key(), kind == DistributionReader.Kind.CHOICE ? listOf(key) : boundsOf(kind));
        }
        return distribution;
    }

    private static ObjectNode boundsOf(DistributionReader.Kind kind) {
        ObjectNode bounds = ExperimentMapper.MAPPER.createObjectNode().put("type", "array");
        bounds.put("minItems", 2).put("maxItems", 2).put("description", "The least value and the largest one.");
        ObjectNode bound = bounds.putObject("items").put("type", kind.isWhole() ? "integer" : "number");
        if (kind.isLogarithmic()) {
            bound.put("exclusiveMinimum", 0);
        }
        return bounds;
    }
}
