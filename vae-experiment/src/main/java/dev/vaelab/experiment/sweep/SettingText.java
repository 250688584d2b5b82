package dev.vaelab.experiment.sweep;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Values of settings for people. */
final class SettingText {
    /** Up to here every whole number is exact as a double. */
    private static final double LARGEST_WHOLE = 1e15;

    private SettingText() {}

    /** The text of a value, numbers as short as can be: 0.001, 20, [16, 32]. */
    static String of(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(SettingText::of).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Double number) {
            return number == Math.rint(number) && Math.abs(number) < LARGEST_WHOLE
                    ? Long.toString(number.longValue())
                    : BigDecimal.valueOf(number).stripTrailingZeros().toString();
        }
        return value.toString();
    }
}
