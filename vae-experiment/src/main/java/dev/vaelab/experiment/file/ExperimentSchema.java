package dev.vaelab.experiment.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules of experiment files as a JSON Schema (draft 2020-12), with the names that can be chosen here.
 *
 * <p>There are two forms of one set of rules. The <em>whole</em> schema judges an experiment after everything that it
 * extends and every override has been laid together. The <em>file</em> schema is for editors, which see one file: it
 * also knows the keys that only files have, and asks for nothing that the file could extend.
 */
public final class ExperimentSchema {
    /** The key that names the schema, for editors. */
    static final String SCHEMA_KEY = "$schema";

    /** The key that names the file to build on. */
    static final String EXTENDS_KEY = "extends";

    /** The whole schema without names to choose from; a test makes it from the records and tells when it is stale. */
    static final String RESOURCE = "experiment.schema.json";

    /** The version of JSON Schema. */
    static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private final ObjectNode whole;
    private final Applicability applicability;
    private final PartCatalog parts;
    private final Map<String, String> adviceOnNames;

    /**
     * The rules where these can be chosen.
     *
     * @param backends the names of the backends
     * @param datasets the names of the data sets
     * @param parts losses, likelihoods, priors and samplers, and the keys that they bring
     */
    public ExperimentSchema(Set<String> backends, Set<String> datasets, PartCatalog parts) {
        this(backends, datasets, parts, Map.of());
    }

    /**
     * The rules where these can be chosen.
     *
     * @param backends the names of the backends
     * @param datasets the names of the data sets
     * @param parts losses, likelihoods, priors and samplers, and the keys that they bring
     * @param adviceOnNames by key, {@code backend} for example: what somebody can do who misses a name there
     */
    public ExperimentSchema(
            Set<String> backends, Set<String> datasets, PartCatalog parts, Map<String, String> adviceOnNames) {
        this.parts = parts;
        this.adviceOnNames = Map.copyOf(adviceOnNames);
        whole = readResource();
        parts.describe(whole);
        applicability = new Applicability(parts.chosenKeys());
        offer(whole.at("/properties/backend"), backends);
        offer(whole.at("/properties/dataset/properties/name"), datasets);
    }

    /** The schema as editors of experiment files read it: indented JSON that ends with a line break. */
    public String text() {
        ObjectNode file = ExperimentMapper.MAPPER.createObjectNode();
        file.put(SCHEMA_KEY, DIALECT);
        file.put("title", "An experiment with a variational autoencoder");
        file.setAll(whole.deepCopy());

        ObjectNode properties = ExperimentMapper.MAPPER.createObjectNode();
        properties.set(SCHEMA_KEY, schemaKey());
        properties
                .putObject(EXTENDS_KEY)
                .put("type", "string")
                .put("description", "The file to build on, relative to this one: objects merge, other values replace.");
        properties.setAll((ObjectNode) file.get("properties"));
        file.set("properties", properties);

        ObjectNode requirements = takeRequirements(file);
        file.putObject("if").putArray("required").add(EXTENDS_KEY);
        file.set("else", requirements);
        applicability.describe(file, requirements);
        ModelKeys.describe(file);
        return ExperimentMapper.WRITER.writeValueAsString(file) + "\n";
    }

    /** The rule of the key that names the schema. */
    static ObjectNode schemaKey() {
        return ExperimentMapper.MAPPER
                .createObjectNode()
                .put("description", "Where the schema of this file is, for editors.");
    }

    /** The schema of a part of an experiment: {@link #whole} in which nothing is required. */
    ObjectNode optional() {
        ObjectNode part = whole.deepCopy();
        takeRequirements(part);
        return part;
    }

    /** What somebody can do who misses a name, by the key where it is chosen. */
    Map<String, String> adviceOnNames() {
        return adviceOnNames;
    }

    /** Which keys mean something under some choices only. */
    Applicability applicability() {
        return applicability;
    }

    /** Losses, likelihoods, priors and samplers. */
    PartCatalog parts() {
        return parts;
    }

    /** The schema of an experiment without the keys that only files have. */
    ObjectNode whole() {
        return whole;
    }

    /** The rules without any names. */
    static ObjectNode readResource() {
        try (InputStream resource = ExperimentSchema.class.getResourceAsStream(RESOURCE)) {
            return (ObjectNode) ExperimentMapper.MAPPER.readTree(resource);
        } catch (IOException e) {
            throw new UncheckedIOException("the program lacks its resource " + RESOURCE, e);
        }
    }

    static void offer(JsonNode name, Collection<String> known) {
        ArrayNode names = ((ObjectNode) name).putArray("enum");
        new TreeSet<>(known).forEach(names::add);
    }

    /** Moves what is required of an object and its members from their schema into one of its own. */
    private static ObjectNode takeRequirements(ObjectNode schema) {
        ObjectNode requirements = ExperimentMapper.MAPPER.createObjectNode();
        if (schema.remove("required") instanceof ArrayNode required) {
            requirements.set("required", required);
        }
        ObjectNode ofMembers = ExperimentMapper.MAPPER.createObjectNode();
        schema.path("properties").properties().forEach(member -> {
            ObjectNode ofMember = takeRequirements((ObjectNode) member.getValue());
            if (!ofMember.isEmpty()) {
                ofMembers.set(member.getKey(), ofMember);
            }
        });
        if (!ofMembers.isEmpty()) {
            requirements.set("properties", ofMembers);
        }
        return requirements;
    }
}
