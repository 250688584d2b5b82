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
import dev.vaelab.api.experiment.ValidationSize;
import dev.vaelab.api.experiment.Widths;
import jakarta.validation.constraints.Pattern;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a JSON Schema from a configuration record and its annotations.
 *
 * <p>For a whole experiment that takes half a second, which the program saves: it reads the result as a resource, which a test holds
 * against the records. The keys that parts have of their own, few and of a plug-in perhaps, are read each time.
 */
final class RecordSchema {
    private RecordSchema() {}

    /** The schema of a record that fills in its defaults where it is given nulls. */
    static ObjectNode of(Class<? extends Record> type) {
        return of(type, RecordSchema::withoutValues);
    }

    /** The schema of a record of which one has all defaults. */
    static ObjectNode ofDefaults(Record defaults) {
        return of(defaults.getClass(), unused -> defaults);
    }

    /**
     * The schema, everything in its place: it has no references.
     *
     * @param defaults gives the record of a type that has its defaults
     */
    private static ObjectNode of(Class<? extends Record> type, Function<Class<?>, Object> defaults) {
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
            addDefault(attributes, field, defaults);
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
        if (type == ValidationSize.class) {
            return inline(String.format(
                    Locale.ROOT,
                    "{\"type\": \"number\", \"minimum\": 0, \"maximum\": 2147483647, \"%s\": \"%s\"}",
                    Expectation.PATTERN_WORDS,
                    ValidationSizeRule.WORDS));
        }
        if (type == LayerConfig.class) {
            return new CustomDefinition(LayerSchema.schema(), true);
        }
        return null;
    }

    private static CustomDefinition inline(String schema) {
        return new CustomDefinition((ObjectNode) ExperimentMapper.MAPPER.readTree(schema), true);
    }

    /** What the record could not hold must not reach it. */
    private static void addLimits(ObjectNode attributes, Class<?> type) {
        if (type == Integer.class || type == int.class) {
            addLimits(attributes, Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (type == Long.class || type == long.class) {
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

    /** States the default that the record fills in, unless it is an object, whose keys state theirs. */
    private static void addDefault(ObjectNode attributes, FieldScope field, Function<Class<?>, Object> defaults) {
        if (field.isFakeContainerItemScope()) {
            return;
        }
        Class<?> type = field.getDeclaringType().getErasedType();
        Object value = component(defaults.apply(type), field.getDeclaredName());
        if (value != null && (!value.getClass().isRecord() || value instanceof ValidationSize)) {
            attributes.set("default", ExperimentMapper.MAPPER.valueToTree(value));
        }
    }

    private static Object withoutValues(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getConstructor(types);
            return constructor.newInstance(new Object[components.length]);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " needs a public constructor that takes nulls for defaults", e);
        }
    }

    private static Object component(Object record, String name) {
        try {
            Method accessor = record.getClass().getDeclaredMethod(name);
            // Of a record of somebody else, which need not be public.
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(record.getClass() + " does not say its " + name, e);
        }
    }
}
