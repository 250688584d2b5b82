package dev.vaelab.experiment.file;

import dev.vaelab.experiment.file.SourceValue.Scalar;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What to do about a value that a schema forbids, where that is more than reading the schema. */
final class Advice {
    /** The keyword with names that a text may be, beside others perhaps. */
    static final String NAMES = "examples";

    private static final Set<String> NUMBERS = Set.of("integer", "number");

    private Advice() {}

    /**
     * Advice as {@link dev.vaelab.api.Problem#advice()} has it.
     *
     * @param value the value
     * @param schema what it should be
     * @param required whether there must be a value
     */
    static String on(SourceValue value, JsonNode schema, boolean required) {
        if (!(value instanceof Scalar scalar)) {
            return "";
        }
        if (scalar.isBeyondNumbers()) {
            return "numbers are finite";
        }
        if (scalar.json().isNull()) {
            return required ? "" : "leave the key out";
        }
        if (schema.has("enum")) {
            return onName(scalar, schema.path("enum"));
        }
        if (schema.has(NAMES)) {
            return onName(scalar, schema.path(NAMES));
        }
        if (schema.has("properties")) {
            return onPart(scalar, schema.path("properties"));
        }
        List<String> types = Expectation.types(schema);
        if (types.contains("string") && !scalar.json().isString()) {
            boolean allowed = Pattern.compile(schema.path("pattern").asString(""))
                    .matcher(scalar.written())
                    .find();
            return allowed ? "put it into quotes" : "";
        }
        return types.stream().anyMatch(NUMBERS::contains) && scalar.json().isString()
                ? onNumber(scalar.json().asString(), schema)
                : "";
    }

    /** A part is often written as its name, or as the value of its only key. */
    private static String onPart(Scalar scalar, JsonNode keys) {
        String key = keys.size() == 1 ? keys.propertyNames().iterator().next() : "name";
        JsonNode rule = keys.path(key);
        boolean text = scalar.json().isString();
        boolean fits = text
                ? Expectation.types(rule).contains("string")
                        || names(rule).contains(scalar.json().asString())
                : scalar.json().isNumber() && isAllowed(scalar.json().decimalValue(), rule);
        boolean known = !text
                || names(rule).isEmpty()
                || names(rule).contains(scalar.json().asString());
        return fits && known ? "write it as { \"" + key + "\": " + scalar.json() + " }" : "";
    }

    private static List<String> names(JsonNode rule) {
        return Stream.of("enum", NAMES)
                .flatMap(keyword -> rule.path(keyword).valueStream())
                .map(JsonNode::asString)
                .toList();
    }

    private static String onName(Scalar scalar, JsonNode known) {
        List<String> names = known.valueStream().map(JsonNode::asString).toList();
        // A single name stands in the expectation: no need to ask whether it was meant.
        return names.size() == 1
                ? ""
                : NearestName.of(scalar.written(), names)
                        .map(name -> "did you mean " + name + "?")
                        .orElse("");
    }

    private static String onNumber(String text, JsonNode schema) {
        return number(text)
                .filter(number -> isAllowed(number, schema))
                .map(BigDecimal::toString)
                .map(number -> number.equals(text) ? "leave out the quotes" : "write it as " + number)
                .orElse("");
    }

    /** Whether the number would do if it were one: advice that leads to the next error is none. */
    private static boolean isAllowed(BigDecimal number, JsonNode schema) {
        boolean whole = number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
        return (whole || Expectation.types(schema).contains("number"))
                && isWithin(schema, "minimum", limit -> number.compareTo(limit) >= 0)
                && isWithin(schema, "exclusiveMinimum", limit -> number.compareTo(limit) > 0)
                && isWithin(schema, "maximum", limit -> number.compareTo(limit) <= 0)
                && isWithin(schema, "exclusiveMaximum", limit -> number.compareTo(limit) < 0);
    }

    private static boolean isWithin(JsonNode schema, String keyword, Predicate<BigDecimal> rule) {
        return !schema.has(keyword) || rule.test(schema.path(keyword).decimalValue());
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
