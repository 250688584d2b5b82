package dev.vaelab.experiment.file;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import dev.vaelab.api.experiment.LayerConfig;
import dev.vaelab.api.experiment.Widths;
import jakarta.validation.constraints.Pattern;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a JSON Schema from a configuration record and its annotations.
 *
 * <p>For a whole experiment that takes half a second, which the program saves: it reads the result as a resource, which a test holds
 * against the records. The keys that parts have of their own, few and of a plug-in perhaps, are read each time.
 */
final class RecordSchema {
    private RecordSchema() {}

    /** The schema, every part in its place: it has no references. */
    static ObjectNode of(Class<? extends Record> type) {
        SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(
                        ExperimentMapper.MAPPER, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonSchemaModule(
                        JacksonOption.RESPECT_JSONPROPERTY_REQUIRED, JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY))
                .with(new JakartaValidationModule(JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS))
                .with(
                        Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                        Option.INLINE_ALL_SCHEMAS,
                        Option.ENUM_KEYWORD_FOR_SINGLE_VALUES);
        builder.forTypesInGeneral().withPropertySorter((first, second) -> 0);
        builder.forFields().withIgnoreCheck(field -> field.getAnnotation(JsonAnySetter.class) != null);
        builder.forTypesInGeneral()
                .withCustomDefinitionProvider((declared, context) -> special(declared.getErasedType()));
        builder.forFields().withInstanceAttributeOverride((attributes, field, context) -> {
            addLimits(attributes, field.getType().getErasedType());
            addPatternWords(attributes, field);
            addDefault(attributes, field);
        });
        return new SchemaGenerator(builder.build()).generateSchema(type);
    }

    /** Records that a file has in a form of their own. */
    private static CustomDefinition special(Class<?> type) {
        if (type == Widths.class) {
            return inline("""
                    {"type": ["integer", "array"], "exclusiveMinimum": 0, "maximum": 2147483647, "minItems": 1,
                     "items": {"type": "integer", "exclusiveMinimum": 0, "maximum": 2147483647}}""");
        }
        if (type == LayerConfig.class) {
            return inline("{\"type\": [\"string\", \"object\"]}");
        }
        return null;
    }

    private static CustomDefinition inline(String schema) {
        return new CustomDefinition((ObjectNode) ExperimentMapper.MAPPER.readTree(schema), true);
    }

    /** What the record could not hold must not reach it. */
    private static void addLimits(ObjectNode attributes, Class<?> type) {
        if (type == Integer.class) {
            addLimits(attributes, Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (type == Long.class) {
            addLimits(attributes, Long.MIN_VALUE, Long.MAX_VALUE);
        }
    }

    private static void addLimits(ObjectNode attributes, long minimum, long maximum) {
        if (!attributes.has("minimum") && !attributes.has("exclusiveMinimum")) {
            attributes.put("minimum", minimum);
        }
        if (!attributes.has("maximum") && !attributes.has("exclusiveMaximum")) {
            attributes.put("maximum", maximum);
        }
    }

    private static void addPatternWords(ObjectNode attributes, FieldScope field) {
        Pattern pattern = field.getAnnotation(Pattern.class);
        if (pattern != null) {
            attributes.put(Expectation.PATTERN_WORDS, pattern.message());
        }
    }

    /** States the default that the record fills in, unless it is an object: its keys state theirs. */
    private static void addDefault(ObjectNode attributes, FieldScope field) {
        if (field.isFakeContainerItemScope()) {
            return;
        }
        Object value = defaultOf(field.getDeclaringType().getErasedType(), field.getDeclaredName());
        if (value != null && !value.getClass().isRecord()) {
            attributes.set("default", ExperimentMapper.MAPPER.valueToTree(value));
        }
    }

    private static Object defaultOf(Class<?> type, String component) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getConstructor(types);
            Object withoutValues = constructor.newInstance(new Object[components.length]);
            return type.getMethod(component).invoke(withoutValues);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " needs a public constructor that takes nulls for defaults", e);
        }
    }
}
