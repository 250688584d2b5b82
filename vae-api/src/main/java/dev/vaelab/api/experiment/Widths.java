package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.List;

/**
 * Widths of linear layers: in a file one number, or a list of them.
 *
 * @param values first to last
 * @param list whether the file has a list
 */
public record Widths(List<Integer> values, boolean list) {
    /** Copies the values. */
    public Widths {
        values = List.copyOf(values);
    }

    /** One number. */
    public static Widths of(int value) {
        return new Widths(List.of(value), false);
    }

    /** What a file has: a whole number or a list of them, which a schema has checked. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Widths of(Object value) {
        return value instanceof List<?> several
                ? new Widths(several.stream().map(Widths::whole).toList(), true)
                : new Widths(List.of(whole(value)), false);
    }

    private static Integer whole(Object value) {
        return ((Number) value).intValue();
    }

    /** As a file has it. */
    @JsonValue
    public Object asFile() {
        return list ? values : (Object) values.get(0);
    }

    /** The first width, which is the only one of a convolutional network. */
    public int first() {
        return values.get(0);
    }

    /** The largest width. */
    public int largest() {
        return Collections.max(values);
    }

    /** The same, with none above a limit. */
    public Widths atMost(int limit) {
        return new Widths(values.stream().map(width -> Math.min(width, limit)).toList(), list);
    }
}
