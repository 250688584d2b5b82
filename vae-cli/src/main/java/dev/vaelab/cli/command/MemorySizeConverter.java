package dev.vaelab.cli.command;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes of memory as Java's {@code -Xmx} does, in bytes or with k, m or g: {@code 900m}, {@code 4g}. */
final class MemorySizeConverter implements ITypeConverter<Long> {
    private static final Pattern SIZE = Pattern.compile("0*([1-9]\\d{0,10})([kmg]?)");

    @Override
    public Long convert(String text) {
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw new TypeConversionException("'" + text + "' is not a size above 0 such as 900m or 4g");
        }
        return Long.parseLong(size.group(1)) << shift(size.group(2));
    }

    private static int shift(String unit) {
        return switch (unit) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
        };
    }
}
