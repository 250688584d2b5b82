package dev.vaelab.api.weights;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads the JSON of a safetensors header and checks its form; whether the numbers fit the file is not checked here. */
final class SafetensorsHeaderParser {
    private static final JsonFactory JSON = new JsonFactory();

    private final String place;
    private final JsonParser parser;
    private final List<Problem> problems = new ArrayList<>();
    private final List<SafetensorsHeader.Entry> tensors = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private SafetensorsHeaderParser(String place, JsonParser parser) {
        this.place = place;
        this.parser = parser;
    }

    /**
     * Parses a header.
     *
     * @param place the file, for messages
     * @param header the bytes of the JSON, padding included
     * @throws InvalidInputException if it is not JSON of the right form
     */
    static SafetensorsHeader parse(String place, byte[] header) {
        String text = decode(place, header);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            return new SafetensorsHeaderParser(place, parser).parse();
        }
    }

    private static String decode(String place, byte[] header) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(
                    Problem.of(place + ": header", "bytes that are not UTF-8", "JSON in UTF-8"));
        }
    }

    private SafetensorsHeader parse() {
        try {
            return parseObject();
        } catch (JacksonException e) {
            // The exception's own location is missing when the parser gives up at too much depth or length.
            throw new InvalidInputException(Problem.of(
                    place + ": header",
                    "invalid JSON before character " + parser.currentLocation().getCharOffset(),
                    "a JSON object of tensors"));
        }
    }

    private SafetensorsHeader parseObject() {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new InvalidInputException(
                    Problem.of(place + ": header", "JSON that is not an object", "a JSON object of tensors"));
        }
        Set<String> names = new HashSet<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            requireNew(names, name, place + ": header");
            parser.nextToken();
            if (name.equals(SafetensorsHeader.METADATA)) {
                readMetadata();
            } else {
                readTensor(name);
            }
        }
        if (parser.nextToken() != null) {
            problems.add(Problem.of(place + ": header", "text after the JSON object", "nothing but spaces"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return new SafetensorsHeader(tensors, metadata);
    }

    private void readMetadata() {
        String where = place + ": " + SafetensorsHeader.METADATA;
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            problems.add(Problem.of(where, "JSON that is not an object", "an object of strings"));
            return;
        }
        Set<String> keys = new HashSet<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            requireNew(keys, key, where);
            if (parser.nextToken() == JsonToken.VALUE_STRING) {
                metadata.put(key, parser.getString());
            } else {
                parser.skipChildren();
                problems.add(Problem.of(where, "a value of " + key + " that is not a string", "an object of strings"));
            }
        }
    }

    private void readTensor(String name) {
        String where = place + ": tensor " + name;
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            problems.add(Problem.of(where, "JSON that is not an object", "dtype, shape and data_offsets"));
            return;
        }
        Optional<String> dtype = Optional.empty();
        Optional<List<Long>> shape = Optional.empty();
        Optional<List<Long>> offsets = Optional.empty();
        Set<String> keys = new HashSet<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            requireNew(keys, key, where);
            parser.nextToken();
            switch (key) {
                case "dtype" -> dtype = readString();
                case "shape" -> shape = readWholeNumbers();
                case "data_offsets" -> offsets = readWholeNumbers().filter(numbers -> numbers.size() == 2);
                default -> parser.skipChildren();
            }
        }
        if (dtype.isEmpty()) {
            problems.add(Problem.of(where, "no valid dtype", "a string such as \"F32\""));
        }
        if (shape.isEmpty()) {
            problems.add(Problem.of(where, "no valid shape", "a list of whole numbers"));
        }
        if (offsets.isEmpty()) {
            problems.add(Problem.of(where, "no valid data_offsets", "a list of two whole numbers"));
        }
        if (dtype.isPresent() && shape.isPresent() && offsets.isPresent()) {
            List<Long> range = offsets.get();
            tensors.add(new SafetensorsHeader.Entry(name, dtype.get(), shape.get(), range.get(0), range.get(1)));
        }
    }

    private Optional<String> readString() {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return Optional.of(parser.getString());
        }
        parser.skipChildren();
        return Optional.empty();
    }

    /** Reads the whole of the current value in any case, so that parsing can go on behind it. */
    private Optional<List<Long>> readWholeNumbers() {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return Optional.empty();
        }
        List<Long> numbers = new ArrayList<>();
        boolean valid = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (isWholeNumber()) {
                numbers.add(parser.getLongValue());
            } else {
                parser.skipChildren();
                valid = false;
            }
        }
        return valid ? Optional.of(List.copyOf(numbers)) : Optional.empty();
    }

    private boolean isWholeNumber() {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                && parser.getLongValue() >= 0;
    }

    private void requireNew(Set<String> names, String name, String where) {
        if (!names.add(name)) {
            problems.add(Problem.of(where, "the name " + name + " twice", "every name once"));
        }
    }
}
