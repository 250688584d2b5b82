package dev.vaelab.experiment.file;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a schema asks for, in words that complete "expected ...". */
final class Expectation {
    /** What a pattern, or a rule beyond the schema, asks for, in words: a keyword of editors, not of JSON Schema. */
    static final String PATTERN_WORDS = "patternErrorMessage";

    /** The keywords that have words here; the schema must use no others to forbid something. */
    static final Set<String> KEYWORDS = Set.of(
            "type",
            "enum",
            "pattern",
            "minimum",
            "exclusiveMinimum",
            "maximum",
            "exclusiveMaximum",
            "items",
            "minItems",
            "maxItems",
            "properties",
            "required",
            "additionalProperties");

    /** What integers can hold: not worth a word unless a value is beyond it. */
    private static final Set<BigDecimal> LIMITS_OF_TYPES = Set.of(
            BigDecimal.valueOf(Integer.MIN_VALUE),
            BigDecimal.valueOf(Integer.MAX_VALUE),
            BigDecimal.valueOf(Long.MIN_VALUE),
            BigDecimal.valueOf(Long.MAX_VALUE));

    private static final List<Limit> LIMITS = List.of(
            new Limit("minimum", "at least", "at least", 0),
            new Limit("exclusiveMinimum", "above", "at least", 1),
            new Limit("maximum", "at most", "at most", 0),
            new Limit("exclusiveMaximum", "below", "at most", -1));

    private Expectation() {}

    /**
     * The expectation of one value.
     *
     * @param schema the schema of the value
     * @param broken the keyword that the value breaks, whose limit is told in any case
     */
    static String of(JsonNode schema, String broken) {
        JsonNode names = schema.path("enum");
        if (names.isArray()) {
            return oneOf(names.valueStream().map(JsonNode::asString).toList());
        }
        List<String> types = types(schema);
        return types.isEmpty()
                ? of("object", schema, broken)
                : types.stream().map(type -> of(type, schema, broken)).collect(Collectors.joining(", or "));
    }

    private static String of(String type, JsonNode schema, String broken) {
        return switch (type) {
            case "integer" -> "a whole number" + range(schema, broken);
            case "number" -> schema.path(PATTERN_WORDS).asString("a number" + range(schema, broken));
            case "boolean" -> "true or false";
            case "string" -> schema.path(PATTERN_WORDS).asString("text");
            case "array" -> "a list" + length(schema) + ", each " + of(schema.path("items"), "");
            default -> "an object" + keys(schema.path("properties"));
        };
    }

    /** The types of values that a schema allows; nothing if it leaves that open. */
    static List<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isString()
                ? List.of(type.asString())
                : type.valueStream().map(JsonNode::asString).toList();
    }

    private static String keys(JsonNode properties) {
        return properties.isEmpty()
                ? ""
                : " with the keys "
                        + properties.propertyStream().map(Map.Entry::getKey).collect(Collectors.joining(", "));
    }

    /** A choice of names. */
    static String oneOf(List<String> names) {
        return switch (names.size()) {
            case 0 -> "a name, but there is none to choose";
            case 1 -> names.get(0);
            default -> "one of " + String.join(", ", names);
        };
    }

    private static String length(JsonNode schema) {
        int least = schema.path("minItems").asInt(0);
        if (least == 0) {
            return "";
        }
        boolean exact = schema.path("maxItems").asInt(0) == least;
        return (exact ? " of " : " of at least ") + least + (least == 1 ? " item" : " items");
    }

    private static String range(JsonNode schema, String broken) {
        boolean whole = types(schema).contains("integer");
        String limits = LIMITS.stream()
                .filter(limit -> schema.has(limit.keyword))
                .filter(limit -> limit.keyword.equals(broken)
                        || !LIMITS_OF_TYPES.contains(schema.path(limit.keyword).decimalValue()))
                .map(limit -> limit.words(schema.path(limit.keyword).decimalValue(), whole))
                .collect(Collectors.joining(" and "));
        if (limits.isEmpty()) {
            return "";
        }
        return (limits.startsWith("at") ? " of " : " ") + limits;
    }

    /**
     * A keyword that limits numbers.
     *
     * @param words what is said before the limit
     * @param wholeWords the same if the number is a whole one
     * @param wholeStep what a whole number's limit is away from the keyword's
     */
    private record Limit(String keyword, String words, String wholeWords, int wholeStep) {
        String words(BigDecimal value, boolean whole) {
            return whole
                    ? wholeWords + " "
                            + value.add(BigDecimal.valueOf(wholeStep)).toPlainString()
                    : words + " " + value.toPlainString();
        }
    }
}
