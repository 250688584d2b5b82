package dev.vaelab.api.model;

import dev.vaelab.api.Problem;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether the keys that a part has of its own can stand in a file, see {@link Part}. */
public final class PartKeys {
    private static final Set<Class<?>> PRIMITIVES = Set.of(int.class, long.class, double.class, boolean.class);

    private static final Set<Class<?>> OBJECTS =
            Set.of(Integer.class, Long.class, Double.class, Boolean.class, String.class);

    private PartKeys() {}

    /**
     * What is wrong with a part's class.
     *
     * @param kind what the part is, for messages: {@code loss}
     */
    public static List<Problem> problems(String kind, Part part) {
        Class<?> type = part.getClass();
        String place = kind + " " + part.name();
        if (!type.isRecord()) {
            return List.of(Problem.of(
                    place, "the class " + type.getName(), "a record, whose components are the keys of the part"));
        }
        List<Problem> problems = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (!isValue(component.getGenericType())) {
                problems.add(new Problem(
                        place,
                        "a key " + component.getName() + " of the type "
                                + component.getGenericType().getTypeName(),
                        "int, long, double, boolean, String, an enum, or a list of them",
                        "change the component of " + type.getName()));
            }
        }
        return problems;
    }

    private static boolean isValue(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return list.getActualTypeArguments()[0] instanceof Class<?> item && isObject(item);
        }
        return type instanceof Class<?> single && (PRIMITIVES.contains(single) || isObject(single));
    }

    private static boolean isObject(Class<?> type) {
        return OBJECTS.contains(type) || type.isEnum();
    }
}
