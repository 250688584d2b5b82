package dev.vaelab.experiment.file;

import dev.vaelab.experiment.file.SourceValue.Items;
import dev.vaelab.experiment.file.SourceValue.Member;
import dev.vaelab.experiment.file.SourceValue.Members;
import dev.vaelab.experiment.file.SourceValue.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads what a random search draws the values of a key from: {@code { "logUniform": [0.1, 10] }}. */
final class DistributionReader {
    /** Every whole number up to here is exact as a double. */
    private static final long LARGEST_WHOLE = 1L << 53;

    private final Report report;

    /** Takes what is wrong. */
    interface Report {
        /** Adds a problem, see {@link ProblemList#add}. */
        void add(Origin origin, KeyPath path, String found, String expected, String advice);
    }

    /** Reports there what is wrong. */
    DistributionReader(Report report) {
        this.report = report;
    }

    /** The kinds of distributions. */
    enum Kind {
        /** One of a list of values. */
        CHOICE("choice", "number", "integer", "string", "boolean", "array", "object"),
        /** Real numbers. */
        UNIFORM("uniform", "number"),
        /** Real numbers, uniform in their logarithm. */
        LOG_UNIFORM("logUniform", "number"),
        /** Whole numbers. */
        INT_UNIFORM("intUniform", "number", "integer"),
        /** Whole numbers, uniform in their logarithm. */
        INT_LOG_UNIFORM("intLogUniform", "number", "integer");

        private final String key;
        private final Set<String> types;

        Kind(String key, String... types) {
            this.key = key;
            this.types = Set.of(types);
        }

        /** As files have it. */
        String key() {
            return key;
        }

        /** Whether a key with this schema can have such values. */
        boolean suits(JsonNode schema) {
            List<String> allowed = Expectation.types(schema);
            return this == CHOICE || allowed.isEmpty() || allowed.stream().anyMatch(types::contains);
        }

        boolean isWhole() {
            return this == INT_UNIFORM || this == INT_LOG_UNIFORM;
        }

        boolean isLogarithmic() {
            return this == LOG_UNIFORM || this == INT_LOG_UNIFORM;
        }

        private Kind ofWholeNumbers() {
            return switch (this) {
                case CHOICE -> CHOICE;
                case UNIFORM, INT_UNIFORM -> INT_UNIFORM;
                case LOG_UNIFORM, INT_LOG_UNIFORM -> INT_LOG_UNIFORM;
            };
        }

        /** What stands behind the key. */
        private String form() {
            return this == CHOICE ? "[VALUE, ...]" : "[LOW, HIGH]";
        }
    }

    /** Those from which a key of this schema can be drawn. */
    static List<Kind> suiting(JsonNode schema) {
        return Arrays.stream(Kind.values()).filter(kind -> kind.suits(schema)).toList();
    }

    /**
     * Reads a distribution.
     *
     * @param schema of the key; missing if it is unknown, which is told of its values
     * @return nothing if it is wrong, and reported
     */
    Optional<Distribution> read(SourceValue value, KeyPath path, JsonNode schema) {
        List<Kind> suiting = suiting(schema);
        if (!(value instanceof Members members) || members.members().size() != 1) {
            String advice = value instanceof Items
                    ? "say how it is drawn, as in " + example(suiting)
                    : value instanceof Scalar ? "what is the same in every trial stands in the experiment file" : "";
            report.add(value.origin(), path, Finding.of(value) + keysOf(value), oneOf(suiting), advice);
            return Optional.empty();
        }
        Map.Entry<String, Member> only = members.members().entrySet().iterator().next();
        Member member = only.getValue();
        KeyPath inner = path.key(only.getKey());
        Optional<Kind> kind = Arrays.stream(Kind.values())
                .filter(any -> any.key.equals(only.getKey()))
                .findFirst();
        if (kind.isEmpty() || !suiting.contains(kind.get())) {
            report.add(
                    member.key(),
                    inner,
                    kind.map(any -> unsuitable(any, schema)).orElse("an unknown distribution"),
                    Expectation.oneOf(suiting.stream().map(Kind::key).toList()),
                    nearest(only.getKey(), suiting));
            return Optional.empty();
        }
        return kind.get() == Kind.CHOICE ? choice(member.value(), inner) : range(kind.get(), member.value(), inner);
    }

    private static String unsuitable(Kind kind, JsonNode schema) {
        boolean takesWhole = Expectation.types(schema).contains("integer");
        return (kind.isWhole() ? "whole numbers" : "numbers with a fraction") + " for a key that takes "
                + (takesWhole ? "whole numbers" : "none");
    }

    /** The distribution that was meant; that of whole numbers, where the key takes no others. */
    private static String nearest(String written, List<Kind> suiting) {
        Kind[] all = Kind.values();
        return NearestName.of(written, Arrays.stream(all).map(Kind::key).toList())
                .flatMap(name ->
                        Arrays.stream(all).filter(kind -> kind.key.equals(name)).findFirst())
                .map(kind -> suiting.contains(kind) ? kind : kind.ofWholeNumbers())
                .filter(suiting::contains)
                .map(kind -> "did you mean " + kind.key + "?")
                .orElse("");
    }

    private static String keysOf(SourceValue value) {
        return !(value instanceof Members members)
                ? ""
                : members.members().isEmpty()
                        ? " without keys"
                        : " with the keys "
                                + String.join(", ", members.members().keySet());
    }

    private static String oneOf(List<Kind> kinds) {
        return "a distribution, an object with one of the keys "
                + kinds.stream().map(Kind::key).collect(Collectors.joining(", "));
    }

    private static String example(List<Kind> kinds) {
        Kind first = kinds.get(kinds.size() > 1 ? 1 : 0);
        return "{ \"" + first.key + "\": " + first.form() + " }";
    }

    private Optional<Distribution> choice(SourceValue value, KeyPath path) {
        if (!(value instanceof Items list) || list.items().isEmpty()) {
            String advice = value instanceof Items || value.json().isNull() ? "" : "put it into brackets";
            report.add(value.origin(), path, Finding.of(value), "a list of at least 1 value", advice);
            return Optional.empty();
        }
        Set<JsonNode> seen = new HashSet<>();
        List<SourceValue> values = new ArrayList<>();
        for (int index = 0; index < list.items().size(); index++) {
            SourceValue item = list.items().get(index);
            if (seen.add(item.json())) {
                values.add(item);
            } else {
                report.add(
                        item.origin(),
                        path.item(index),
                        Finding.of(item) + " a second time",
                        "each value once",
                        "each is as likely as the others");
            }
        }
        return Optional.of(new Distribution.Choice(values));
    }

    private Optional<Distribution> range(Kind kind, SourceValue value, KeyPath path) {
        String numbers = kind.isWhole() ? "two whole numbers" : "two numbers";
        String expected = numbers + (kind.isLogarithmic() ? " above 0" : "") + ", the lower one first";
        if (!(value instanceof Items list) || list.items().size() != 2) {
            report.add(value.origin(), path, Finding.of(value), "a list of " + expected, "");
            return Optional.empty();
        }
        List<Integer> wrong = Stream.of(0, 1)
                .filter(index -> !isBound(kind, list.items().get(index).json()))
                .toList();
        wrong.forEach(index -> {
            SourceValue bound = list.items().get(index);
            report.add(
                    bound.origin(),
                    path.item(index),
                    Finding.of(bound),
                    (kind.isWhole() ? "a whole number" : "a number") + (kind.isLogarithmic() ? " above 0" : ""),
                    bound instanceof Scalar scalar && scalar.isBeyondNumbers()
                            ? "numbers are finite"
                            : bound.json().isString() ? "leave out the quotes" : "");
        });
        if (!wrong.isEmpty()) {
            return Optional.empty();
        }
        JsonNode low = list.items().get(0).json();
        JsonNode high = list.items().get(1).json();
        if (low.asDouble() >= high.asDouble()) {
            report.add(value.origin(), path, "from " + low + " to " + high, expected, "");
            return Optional.empty();
        }
        return Optional.of(
                kind.isWhole()
                        ? new Distribution.Whole(value.origin(), low.asLong(), high.asLong(), kind.isLogarithmic())
                        : new Distribution.Real(value.origin(), low.asDouble(), high.asDouble(), kind.isLogarithmic()));
    }

    private static boolean isBound(Kind kind, JsonNode json) {
        boolean fits = kind.isWhole()
                ? json.isIntegralNumber() && json.canConvertToLong() && Math.abs(json.asLong()) <= LARGEST_WHOLE
                : json.isNumber() && Double.isFinite(json.asDouble());
        return fits && (!kind.isLogarithmic() || json.asDouble() > 0);
    }
}
