package dev.vaelab.experiment.json;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Numbers and truth values as files of this program have them.
 *
 * <p>NaN and the infinities, which JSON has no digits for, are written as {@code null}, and a {@code null} in the place of a {@code
 * double} is read as NaN. Files of before have them as text, which is read as well. Whatever else is not there is an error, and not 0.
 */
final class PrimitiveValues {
    private PrimitiveValues() {}

    /** The rules for a mapper. */
    static SimpleModule module() {
        return new SimpleModule("primitive values")
                .addSerializer(Double.class, new Writer())
                .addSerializer(double.class, new Writer())
                .addDeserializer(double.class, new DoubleReader())
                .addDeserializer(int.class, new Reader<>(int.class, PrimitiveValues::isWhole, JsonParser::getIntValue))
                .addDeserializer(
                        long.class, new Reader<>(long.class, PrimitiveValues::isWhole, JsonParser::getLongValue))
                .addDeserializer(
                        boolean.class, new Reader<>(boolean.class, JsonToken::isBoolean, JsonParser::getBooleanValue));
    }

    private static boolean isWhole(JsonToken token) {
        return token == JsonToken.VALUE_NUMBER_INT;
    }

    private static final class Writer extends ValueSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator generator, SerializationContext context) {
            if (Double.isFinite(value)) {
                generator.writeNumber(value);
            } else {
                generator.writeNull();
            }
        }
    }

    /** A value that has to be there. */
    private static class Reader<V> extends ValueDeserializer<V> {
        private final Class<V> type;
        private final Predicate<JsonToken> right;
        private final Function<JsonParser, V> value;

        Reader(Class<V> type, Predicate<JsonToken> right, Function<JsonParser, V> value) {
            this.type = type;
            this.right = right;
            this.value = value;
        }

        @Override
        @SuppressWarnings("unchecked")
        public V deserialize(JsonParser parser, DeserializationContext context) throws JacksonException {
            return right.test(parser.currentToken())
                    ? value.apply(parser)
                    : (V) context.handleUnexpectedToken(type, parser);
        }

        @Override
        public Object getNullValue(DeserializationContext context) {
            return context.reportInputMismatch(this, Misreading.NOTHING);
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return context.reportInputMismatch(this, Misreading.NOTHING);
        }
    }

    private static final class DoubleReader extends Reader<Double> {
        private static final Map<String, Double> AS_TEXT =
                Map.of("NaN", Double.NaN, "Infinity", Double.POSITIVE_INFINITY, "-Infinity", Double.NEGATIVE_INFINITY);

        DoubleReader() {
            super(double.class, JsonToken::isNumeric, JsonParser::getDoubleValue);
        }

        @Override
        public Double deserialize(JsonParser parser, DeserializationContext context) throws JacksonException {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                Double value = AS_TEXT.get(parser.getString());
                if (value != null) {
                    return value;
                }
            }
            Double value = super.deserialize(parser, context);
            // 1e999: what is not finite is written as null, and never with digits.
            return Double.isInfinite(value)
                    ? (Double) context.handleWeirdNumberValue(double.class, value, "beyond the range of a double")
                    : value;
        }

        @Override
        public Object getNullValue(DeserializationContext context) {
            return Double.NaN;
        }
    }
}
