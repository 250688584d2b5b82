package dev.vaelab.experiment.json;

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
 * Numbers that JSON has no digits for: NaN and the infinities are written as {@code null}, and a {@code null} in the place of a number
 * that has to be there is read as NaN. Files of before have them as text, which is read as well.
 */
final class NonFinite {
    private NonFinite() {}

    /** The rules for a mapper. */
    static SimpleModule module() {
        return new SimpleModule("non-finite numbers")
                .addSerializer(Double.class, new Writer())
                .addSerializer(double.class, new Writer())
                .addDeserializer(double.class, new Reader());
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

    private static final class Reader extends ValueDeserializer<Double> {
        @Override
        public Double deserialize(JsonParser parser, DeserializationContext context) throws JacksonException {
            JsonToken token = parser.currentToken();
            if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
                return parser.getDoubleValue();
            }
            if (token == JsonToken.VALUE_STRING) {
                switch (parser.getString()) {
                    case "NaN":
                        return Double.NaN;
                    case "Infinity":
                        return Double.POSITIVE_INFINITY;
                    case "-Infinity":
                        return Double.NEGATIVE_INFINITY;
                    default:
                        break;
                }
            }
            return (Double) context.handleUnexpectedToken(double.class, parser);
        }

        @Override
        public Object getNullValue(DeserializationContext context) {
            return Double.NaN;
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return context.reportInputMismatch(this, "a number is missing");
        }
    }
}
