package dev.vaelab.cli.command;

import dev.vaelab.api.text.DurationText;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as {@link DurationText} has them. */
final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return DurationText.read(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not " + DurationText.EXPECTED));
    }
}
