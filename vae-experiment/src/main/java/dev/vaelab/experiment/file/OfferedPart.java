package dev.vaelab.experiment.file;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.model.Part;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** A part that files can choose: its record with all defaults, and the keys that it brings. */
final class OfferedPart {
    private final PartKind kind;
    private final Part defaults;
    private ObjectNode schema;

    /** @param defaults a record, see {@link dev.vaelab.api.model.PartKeys} */
    OfferedPart(PartKind kind, Part defaults) {
        this.kind = kind;
        this.defaults = defaults;
    }

    /** What kind of part it is. */
    PartKind kind() {
        return kind;
    }

    /** The name by which files choose it. */
    String name() {
        return defaults.name();
    }

    /** One line for a person who chooses. */
    String description() {
        return defaults.description();
    }

    /** Whether a key says the same here as in another part; no two kinds of parts share one. */
    boolean means(String key, Optional<OfferedPart> other) {
        return other.filter(part -> part.kind == kind)
                .filter(part -> part.schema().get(key).equals(schema().get(key)))
                .isPresent();
    }

    /** For messages. */
    @Override
    public String toString() {
        return kind + " " + name() + " (" + defaults.getClass().getName() + ")";
    }

    /** The rules of its own keys, made once: a sweep of thousands of runs asks for them again and again. */
    ObjectNode schema() {
        if (schema == null) {
            schema = defaults.getClass().getRecordComponents().length == 0
                    ? ExperimentMapper.MAPPER.createObjectNode()
                    : (ObjectNode) RecordSchema.ofDefaults((Record) defaults).get("properties");
        }
        return schema;
    }

    /**
     * The part with what a file says; where that says nothing, with its defaults.
     *
     * @param keys all of the object in the file: others than its own belong to somebody else
     * @throws InvalidInputException if the part refuses them
     */
    Part with(Map<String, Object> keys) {
        ObjectNode values = ExperimentMapper.MAPPER.valueToTree(defaults);
        schema().propertyNames().forEach(key -> {
            if (keys.containsKey(key)) {
                values.set(key, ExperimentMapper.MAPPER.valueToTree(keys.get(key)));
            }
        });
        try {
            return ExperimentMapper.MAPPER.treeToValue(values, defaults.getClass());
        } catch (JacksonException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new InvalidInputException(
                    Problem.of(kind.place(), name() + ", which refuses its keys (" + cause.getMessage() + ")", ""));
        }
    }

    /** The values of all keys that it has of its own, in their order; those without a value are left out. */
    Map<String, Object> complete(Map<String, Object> keys) {
        ObjectNode all = ExperimentMapper.MAPPER.valueToTree(with(keys));
        Map<String, Object> values = new LinkedHashMap<>();
        schema().propertyNames().forEach(key -> {
            if (!all.path(key).isNull()) {
                values.put(key, ExperimentMapper.MAPPER.treeToValue(all.get(key), Object.class));
            }
        });
        return values;
    }
}
