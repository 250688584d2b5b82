package dev.vaelab.experiment.file;

import dev.vaelab.experiment.file.SourceValue.Items;
import dev.vaelab.experiment.file.SourceValue.Member;
import dev.vaelab.experiment.file.SourceValue.Members;
import dev.vaelab.experiment.file.SourceValue.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads JSON or YAML into values that know where they stand.
 *
 * <p>What both languages can say is read; what only YAML can, aliases and tags, is refused, so that every experiment can
 * be written in both.
 */
final class SourceReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String YAML_TAGS = "tag:yaml.org,2002:";

    private final SourceFormat format;
    private final OriginFactory origins;
    private final ProblemList problems;

    /**
     * Prepares to read one text.
     *
     * @param format its language
     * @param origins what a line and column of it are called
     * @param problems takes what is wrong with it
     */
    SourceReader(SourceFormat format, OriginFactory origins, ProblemList problems) {
        this.format = format;
        this.origins = origins;
        this.problems = problems;
    }

    /**
     * Reads a text with one value, null if it is blank.
     *
     * @param path where the value belongs
     * @return nothing if the text breaks the rules of its language, which is then among the problems
     */
    Optional<SourceValue> read(String text, KeyPath path) {
        try (JsonParser parser = format.factory().createParser(ObjectReadContext.empty(), text)) {
            return read(parser, path);
        } catch (JacksonException e) {
            SyntaxError error = format.explain(e, text);
            problems.add(
                    origins.at(error.line(), error.column()), path, error.found(), error.expected(), error.advice());
            return Optional.empty();
        }
    }

    private Optional<SourceValue> read(JsonParser parser, KeyPath path) {
        try {
            if (parser.nextToken() == null) {
                return Optional.of(new Scalar(origins.at(1, 1), NODES.nullNode(), ""));
            }
            SourceValue value = value(parser, path);
            if (parser.nextToken() == null) {
                return Optional.of(value);
            }
            problems.add(origin(parser), path, "more text", "the end of the file", "");
        } catch (StreamConstraintsException e) {
            String found = parser.streamReadContext().getNestingDepth() > SourceFormat.DEEPEST
                    ? "lists and objects more than " + SourceFormat.DEEPEST + " deep"
                    : "a number of more than " + SourceFormat.LONGEST_NUMBER + " digits";
            problems.add(origin(parser), path, found, "an experiment", "");
        }
        return Optional.empty();
    }

    private SourceValue value(JsonParser parser, KeyPath path) {
        Origin origin = origin(parser);
        if (parser instanceof YAMLParser yaml && isYamlOnly(yaml, origin, path)) {
            parser.skipChildren();
            return new Scalar(origin, NODES.nullNode(), "");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser, origin, path);
            case START_ARRAY -> items(parser, origin, path);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, origin, path);
            case VALUE_TRUE, VALUE_FALSE ->
                new Scalar(origin, NODES.booleanNode(parser.getBooleanValue()), parser.getString());
            case VALUE_NULL -> new Scalar(origin, NODES.nullNode(), parser.getString());
            default -> new Scalar(origin, NODES.stringNode(parser.getString()), parser.getString());
        };
    }

    private Members members(JsonParser parser, Origin origin, KeyPath path) {
        Map<String, Member> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            Origin keyOrigin = origin(parser);
            parser.nextToken();
            Member member = new Member(keyOrigin, value(parser, path.key(key)));
            Member first = members.putIfAbsent(key, member);
            if (first != null) {
                problems.add(
                        keyOrigin,
                        path.key(key),
                        "the same key a second time",
                        "each key once",
                        "the first is in line " + first.key().line());
            }
        }
        return new Members(origin, members);
    }

    private Items items(JsonParser parser, Origin origin, KeyPath path) {
        List<SourceValue> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser, path.item(items.size())));
        }
        return new Items(origin, items);
    }

    /** A whole number is one however it is written, 3.0 and 3e0 too, as JSON Schema has it. */
    private Scalar number(JsonParser parser, Origin origin, KeyPath path) {
        String written = parser.getString();
        double rounded = parser.getDoubleValue();
        if (Double.isNaN(rounded) || Double.isInfinite(rounded)) {
            // No number that JSON has: the schema refuses it wherever it stands, and tells what is allowed there.
            return new Scalar(origin, NODES.nullNode(), written);
        }
        // What rounds to zero may have an exponent of any length, which BigDecimal does not take.
        if (rounded == 0) {
            return new Scalar(origin, NODES.numberNode(0), written);
        }
        BigDecimal exact = parser.getDecimalValue().stripTrailingZeros();
        JsonNode node = exact.scale() <= 0 ? NODES.numberNode(exact.toBigIntegerExact()) : NODES.numberNode(rounded);
        return new Scalar(origin, node, written);
    }

    private boolean isYamlOnly(YAMLParser parser, Origin origin, KeyPath path) {
        if (parser.isCurrentAlias()) {
            problems.add(
                    origin,
                    path,
                    "the alias *" + parser.getString(),
                    "a value",
                    "aliases are not followed, write the value out");
            return true;
        }
        String tag = parser.getTypeId();
        if (tag != null) {
            String shown = tag.startsWith(YAML_TAGS) ? "!!" + tag.substring(YAML_TAGS.length()) : "!" + tag;
            problems.add(
                    origin,
                    path,
                    "the tag " + shown,
                    "a value",
                    "tags are not followed, write text in quotes and numbers without");
            return true;
        }
        return false;
    }

    private Origin origin(JsonParser parser) {
        TokenStreamLocation location = parser.currentTokenLocation();
        return origins.at(location.getLineNr(), location.getColumnNr());
    }

    /** Names the places of a text. */
    @FunctionalInterface
    interface OriginFactory {
        /** What is at a line and a column, both counted from 1. */
        Origin at(int line, int column);
    }
}
