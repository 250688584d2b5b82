package dev.vaelab.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

@DisplayName("Values of options:")
final class ConvertersTest {
    @ParameterizedTest
    @CsvSource({"90s, PT90S", "30m, PT30M", "2h, PT2H", "1h30m, PT1H30M", "0.5S, PT0.5S"})
    @DisplayName("a duration has hours, minutes and seconds")
    void durations(String text, Duration expected) {
        assertEquals(expected, new DurationConverter().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "0s", "-5m", "1d", "30 m", "m", "PT5S"})
    @DisplayName("what is no duration above 0 is refused with examples of what is")
    void noDurations(String text) {
        assertEquals(
                "'" + text + "' is not a duration above 0 such as 90s, 30m or 1h30m",
                assertThrows(TypeConversionException.class, () -> new DurationConverter().convert(text))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2k, 2048", "900m, 943718400", "4G, 4294967296", "007g, 7516192768"})
    @DisplayName("a size of memory is in bytes or has k, m or g behind it")
    void sizes(String text, long expected) {
        assertEquals(expected, new MemorySizeConverter().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0g", "-1", "1.5g", "2 g", "2gb", "g", "99999999999999999999"})
    @DisplayName("what is no size above 0 is refused with examples of what is")
    void noSizes(String text) {
        assertEquals(
                "'" + text + "' is not a size above 0 such as 900m or 4g",
                assertThrows(TypeConversionException.class, () -> new MemorySizeConverter().convert(text))
                        .getMessage());
    }
}
