package dev.vaelab.experiment.file;

import dev.vaelab.experiment.file.SourceValue.Scalar;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What to do about a value that a schema forbids, where that is more than reading the schema. */
final class Advice {
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
            return "numbers are finite, and at most 1.79e308";
        }
        if (scalar.json().isNull()) {
            return required ? "" : "leave the key out";
        }
        if (schema.has("enum")) {
            return onName(scalar, schema.path("enum"));
        }
        String type = schema.path("type").asString();
        if (type.equals("string") && !scalar.json().isString()) {
            return "put it into quotes";
        }
        return NUMBERS.contains(type) && scalar.json().isString()
                ? onNumber(scalar.json().asString())
                : "";
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

    private static String onNumber(String text) {
        return number(text)
                .map(BigDecimal::toString)
                .map(number -> number.equals(text) ? "leave out the quotes" : "write it as " + number)
                .orElse("");
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
