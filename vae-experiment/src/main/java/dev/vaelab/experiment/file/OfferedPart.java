package dev.vaelab.experiment.file;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.model.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** A part that files can choose: its record with all defaults, and the keys that it brings. */
final class OfferedPart {
    private static final String DESCRIPTION = "description";
    private static final String DEFAULT = "default";

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

    /** The part itself, with all defaults. */
    Part defaults() {
        return defaults;
    }

    /** The name by which files choose it. */
    String name() {
        return defaults.name();
    }

    /** One line for a person who chooses. */
    String description() {
        return defaults.description();
    }

    /**
     * Whether a key may be here what it may be in another part, with a meaning and a default of its own: a file has one of the two
     * parts. No two kinds of parts share a key.
     */
    boolean allows(String key, Optional<OfferedPart> other) {
        return other.filter(part -> part.kind == kind)
                .filter(part -> part.limits(key).equals(limits(key)))
                .isPresent();
    }

    private ObjectNode limits(String key) {
        return ((ObjectNode) schema().get(key)).deepCopy().without(List.of(DESCRIPTION, DEFAULT));
    }

    /**
     * The rule of a key that others have, too, in words of all: what it means in each, and the default only if it is one.
     *
     * @param before the rule of the others
     * @param others which have it
     */
    ObjectNode together(String key, ObjectNode before, List<OfferedPart> others) {
        ObjectNode own = (ObjectNode) schema().get(key);
        if (own.equals(before)) {
            return before;
        }
        ObjectNode both = before.deepCopy();
        if (!Objects.equals(own.get(DEFAULT), before.get(DEFAULT))) {
            both.remove(DEFAULT);
        }
        String words = Stream.concat(others.stream(), Stream.of(this))
                .map(part -> part.name() + ": "
                        + part.schema().get(key).path(DESCRIPTION).asString(""))
                .collect(Collectors.joining(" "));
        return both.put(DESCRIPTION, words);
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
