package dev.vaelab.experiment.json;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.files.RegularFiles;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records as JSON text and back; keys are the names of the record components, in their order. Numbers that are not finite are null.
 */
public final class JsonText {
    private static final JsonMapper COMPACT = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addModule(PrimitiveValues.module())
            .build();
    private static final JsonMapper INDENTED =
            COMPACT.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Far beyond what the program writes: ten thousand runs of a sweep are a quarter of it. */
    private static final long MOST_BYTES = 64_000_000;

    private JsonText() {}

    /** One line, without a line end. */
    public static String line(Object value) {
        return COMPACT.writeValueAsString(value);
    }

    /** Indented for people, with a line end. */
    public static String page(Object value) {
        return INDENTED.writeValueAsString(value) + System.lineSeparator();
    }

    /**
     * Reads what {@link #line} or {@link #page} wrote.
     *
     * @throws IllegalArgumentException if the text is not that
     */
    public static <V> V read(String text, Class<V> type) {
        V value;
        try {
            value = COMPACT.readValue(text, type);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(Misreading.describe(e), e);
        }
        if (value == null) {
            throw new IllegalArgumentException("null");
        }
        return value;
    }

    /**
     * Reads a record that somebody may have changed since it was written: components that are missing or null are found, unless they
     * have {@link com.fasterxml.jackson.annotation.JsonInclude}, by which they may be left out.
     *
     * @throws IllegalArgumentException if the text is not that
     */
    public static <V extends Record> V readRecord(String text, Class<V> type) {
        V value = read(text, type);
        Completeness.firstMissing(value).ifPresent(key -> {
            throw new IllegalArgumentException("nothing for " + key);
        });
        return value;
    }

    /**
     * Reads a file that {@link #page} wrote, by the rules of {@link #readRecord}.
     *
     * @throws InvalidInputException if it cannot be read or is not that
     */
    public static <V extends Record> V readFile(Path file, Class<V> type) {
        return readFile(file, type, "");
    }

    /**
     * The same with a way out for people.
     *
     * @param advice what to do if it cannot be read
     * @throws InvalidInputException if it cannot be read or is not that
     */
    public static <V extends Record> V readFile(Path file, Class<V> type, String advice) {
        String expected = "JSON as this program writes it";
        try {
            return readRecord(readText(file, expected), type);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(e.problems().stream()
                    .map(problem -> new Problem(
                            problem.place(),
                            problem.found(),
                            problem.expected(),
                            advice.isEmpty() ? problem.advice() : advice))
                    .toList());
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(new Problem(file.toString(), e.getMessage(), expected, advice));
        }
    }

    /**
     * Reads the text of a file that has JSON in it.
     *
     * @param expected what it should be, in words
     * @throws InvalidInputException if there is no file, something else in its place, or more than any record takes
     */
    public static String readText(Path file, String expected) {
        return RegularFiles.readText(file, MOST_BYTES, expected);
    }
}
