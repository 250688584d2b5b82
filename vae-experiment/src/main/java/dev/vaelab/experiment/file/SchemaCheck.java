package dev.vaelab.experiment.file;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.NodePath;
import dev.vaelab.experiment.file.SourceValue.Items;
import dev.vaelab.experiment.file.SourceValue.Member;
import dev.vaelab.experiment.file.SourceValue.Members;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Judges a file by its schema, and says what is wrong in words of a person. */
final class SchemaCheck {
    private final JsonNode rules;
    private final List<String> keysOfFiles;
    private final Map<String, String> adviceOnNames;
    private final Schema schema;

    /**
     * Judges by a schema.
     *
     * @param rules the schema, which has no references
     * @param keysOfFiles the keys that files may have besides, at their root
     * @param adviceOnNames by key, for whoever misses a name that can be chosen there
     */
    SchemaCheck(JsonNode rules, List<String> keysOfFiles, Map<String, String> adviceOnNames) {
        this.rules = rules;
        this.keysOfFiles = List.copyOf(keysOfFiles);
        this.adviceOnNames = Map.copyOf(adviceOnNames);
        Dialect dialect = Dialect.builder(Dialects.getDraft202012())
                .keyword(new NonValidationKeyword(Expectation.PATTERN_WORDS))
                .build();
        this.schema = SchemaRegistry.withDialect(dialect).getSchema(rules);
    }

    /**
     * Adds everything that the schema forbids to the problems.
     *
     * @param root what is judged
     * @param complete whether what it does not say is missing, rather than in a file that cannot be read
     */
    void check(Members root, boolean complete, ProblemList problems) {
        List<Error> errors = schema.validate(root.json());
        Set<KeyPath> meant = new HashSet<>();
        for (Error error : errors) {
            if (error.getKeyword().equals("additionalProperties")) {
                reportUnknownKey(root, spot(root, error), error.getProperty(), meant, problems);
            }
        }
        for (Error error : errors) {
            switch (error.getKeyword()) {
                case "additionalProperties" -> {}
                case "required" -> {
                    if (complete) {
                        reportMissingKey(spot(root, error), error.getProperty(), meant, problems);
                    }
                }
                default -> reportValue(spot(root, error), error.getKeyword(), problems);
            }
        }
    }

    /** @param meant takes the known key that is suggested */
    private void reportUnknownKey(Members root, Spot object, String key, Set<KeyPath> meant, ProblemList problems) {
        Members members = (Members) object.value;
        Origin origin = members.members().get(key).key();
        List<String> known = knownKeys(object.schema);
        if (object.path.equals(KeyPath.ROOT) && origin.layer() == Origin.Layer.EXPERIMENT) {
            known.addAll(keysOfFiles);
        }
        List<String> missing = known.stream()
                .filter(name -> !isTaken(members.members().get(name), origin))
                .toList();
        Optional<KeyPath> suggestion = NearestName.of(key, missing)
                .map(object.path::key)
                .or(() -> elsewhere(rules, root, KeyPath.ROOT, NearestName.plain(key), origin));
        suggestion.ifPresent(meant::add);
        String advice = key.indexOf('.') < 0
                ? suggestion.map(path -> "did you mean " + path.text() + "?").orElse("")
                : "keys are joined by dots in --set only, put one object into the other";
        problems.add(
                origin,
                object.path.key(key),
                "an unknown key",
                advice.isEmpty() ? Expectation.oneOf(known) : "",
                advice);
    }

    private static void reportMissingKey(Spot object, String key, Set<KeyPath> meant, ProblemList problems) {
        KeyPath path = object.path.key(key);
        // A misspelt key is one mistake, not two.
        if (!meant.contains(path)) {
            JsonNode rule = object.schema.path("properties").path(key);
            problems.add(object.value.origin(), path, "nothing", Expectation.of(rule, ""), "add this key");
        }
    }

    private void reportValue(Spot spot, String keyword, ProblemList problems) {
        String advice = Advice.on(spot.value, spot.schema, spot.required);
        if (advice.isEmpty() && spot.value.json().isString()) {
            advice = adviceOnNames.getOrDefault(spot.path.text(), "");
        }
        problems.add(
                spot.value.origin(), spot.path, Finding.of(spot.value), Expectation.of(spot.schema, keyword), advice);
    }

    /** Whether the file with a misspelt key has the right one, too: then that was not meant, or would be there twice. */
    private static boolean isTaken(Member member, Origin misspelt) {
        return member != null
                && member.key().layer() == misspelt.layer()
                && member.key().source() == misspelt.source();
    }

    /**
     * A known key of the same name in another object, which does not have it yet.
     *
     * @param plain the {@linkplain NearestName#plain plain} name
     */
    private static Optional<KeyPath> elsewhere(
            JsonNode schema, SourceValue value, KeyPath path, String plain, Origin origin) {
        return schema.path("properties")
                .propertyStream()
                .map(property -> {
                    String name = property.getKey();
                    Member member =
                            value instanceof Members members ? members.members().get(name) : null;
                    if (NearestName.plain(name).equals(plain)) {
                        return Optional.of(path.key(name)).filter(unused -> !isTaken(member, origin));
                    }
                    // The paths of the many keys without keys of their own are for nobody.
                    JsonNode rules = property.getValue();
                    return rules.has("properties")
                            ? elsewhere(rules, member == null ? null : member.value(), path.key(name), plain, origin)
                            : Optional.<KeyPath>empty();
                })
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static List<String> knownKeys(JsonNode schema) {
        return new ArrayList<>(schema.path("properties").propertyNames());
    }

    private Spot spot(Members root, Error error) {
        Spot spot = new Spot(root, rules, KeyPath.ROOT, true);
        NodePath location = error.getInstanceLocation();
        for (int i = 0; i < location.getNameCount(); i++) {
            spot = spot.step(location.getElement(i));
        }
        return spot;
    }

    /** A value and what holds for it. */
    private record Spot(SourceValue value, JsonNode schema, KeyPath path, boolean required) {
        Spot step(Object element) {
            if (value instanceof Items items) {
                int index = (Integer) element;
                return new Spot(items.items().get(index), schema.path("items"), path.item(index), true);
            }
            String key = (String) element;
            boolean isRequired = schema.path("required")
                    .valueStream()
                    .anyMatch(name -> name.asString().equals(key));
            return new Spot(
                    ((Members) value).members().get(key).value(),
                    schema.path("properties").path(key),
                    path.key(key),
                    isRequired);
        }
    }
}
