package dev.vaelab.cli.command;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations such as {@code 90s}, {@code 30m} and {@code 1h30m}: ISO 8601 without the letters in front. */
final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        try {
            Duration duration = Duration.parse("PT" + text);
            if (duration.compareTo(Duration.ZERO) > 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Refused below, like a duration that is not positive.
        }
        throw new TypeConversionException("'" + text + "' is not a duration above 0 such as 90s, 30m or 1h30m");
    }
}
