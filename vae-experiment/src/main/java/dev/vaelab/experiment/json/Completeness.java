package dev.vaelab.experiment.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what is missing in a record that was read from a file.
 *
 * <p>Every component has to be there but those with {@link JsonInclude}, of their own or of the record, which are left out when they are null. In a record that
 * says of a component that it is required, as experiments do, all others may be missing.
 */
final class Completeness {
    private Completeness() {}

    /**
     * The place of the first thing that is missing.
     *
     * @param value what was read
     * @return keys joined by dots, for example {@code machine.java}; nothing if all is there
     */
    static Optional<String> firstMissing(Object value) {
        return firstMissing("", value, value.getClass());
    }

    private static Optional<String> firstMissing(String place, Object value, Type type) {
        if (value instanceof Record whole) {
            return ofRecord(place, whole);
        }
        if (value instanceof List<?> list) {
            return ofList(place, list, argument(type, 0));
        }
        if (value instanceof Map<?, ?> map) {
            return ofMap(place, map, argument(type, 1));
        }
        return Optional.empty();
    }

    private static Optional<String> ofRecord(String place, Record value) {
        RecordComponent[] components = value.getClass().getRecordComponents();
        boolean saysWhatIsRequired = Arrays.stream(components).anyMatch(Completeness::isRequired);
        for (RecordComponent component : components) {
            String key = place.isEmpty() ? component.getName() : place + "." + component.getName();
            Object part = valueOf(component, value);
            boolean optional = saysWhatIsRequired ? !isRequired(component) : mayBeLeftOut(component, value.getClass());
            Optional<String> missing = part == null
                    ? Optional.of(key).filter(unused -> !optional)
                    : firstMissing(key, part, component.getGenericType());
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ofList(String place, List<?> list, Type type) {
        for (int index = 0; index < list.size(); index++) {
            String key = place + "[" + index + "]";
            Object element = list.get(index);
            Optional<String> missing = element == null ? Optional.of(key) : firstMissing(key, element, type);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    /** Values of any type, such as settings of a sweep, may be null: they are a person's. */
    private static Optional<String> ofMap(String place, Map<?, ?> map, Type type) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = place + "." + entry.getKey();
            Object element = entry.getValue();
            Optional<String> missing = element == null
                    ? Optional.of(key).filter(unused -> type != Object.class)
                    : firstMissing(key, element, type);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    private static Type argument(Type type, int index) {
        return type instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[index]
                : Object.class;
    }

    private static boolean mayBeLeftOut(RecordComponent component, Class<?> type) {
        return type.isAnnotationPresent(JsonInclude.class)
                || component.getAccessor().isAnnotationPresent(JsonInclude.class);
    }

    private static boolean isRequired(RecordComponent component) {
        JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
        return property != null && property.required();
    }

    private static Object valueOf(RecordComponent component, Record value) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component + " of " + value.getClass(), e);
        }
    }
}
