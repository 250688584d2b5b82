package dev.vaelab.experiment.json;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.files.FileFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records as JSON text and back; keys are the names of the record components, in their order. */
public final class JsonText {
    private static final JsonMapper COMPACT = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final JsonMapper INDENTED =
            COMPACT.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

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
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
        if (value == null) {
            throw new IllegalArgumentException("null");
        }
        return value;
    }

    /**
     * Reads a file that {@link #page} wrote.
     *
     * @throws InvalidInputException if it cannot be read or is not that
     */
    public static <V> V readFile(Path file, Class<V> type) {
        try {
            return read(Files.readString(file), type);
        } catch (IOException e) {
            throw new InvalidInputException(
                    Problem.of(file.toString(), "nothing to read (" + FileFailures.reason(e) + ")", "a JSON file"));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    Problem.of(file.toString(), e.getMessage(), "JSON as this program writes it"));
        }
    }
}
