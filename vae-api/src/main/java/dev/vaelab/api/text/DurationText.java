package dev.vaelab.api.text;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** Durations as people write them, such as {@code 90s}, {@code 30m} and {@code 1h30m}: ISO 8601 without the letters in front. */
public final class DurationText {
    /** What a text of a configuration matches that is such a duration; of a million hours at most, and above 0. */
    public static final String PATTERN =
            "^(?=.*[1-9])([0-9]{1,6}[hH])?([0-9]{1,6}[mM])?([0-9]{1,6}(\\.[0-9]{1,9})?[sS])?$";

    /** What is told to whoever writes another text. */
    public static final String EXPECTED = "a duration above 0 such as 90s, 30m or 1h30m";

    private DurationText() {}

    /** Reads a duration; nothing if the text is none, or none above 0. */
    public static Optional<Duration> read(String text) {
        try {
            return Optional.of(Duration.parse("PT" + text)).filter(duration -> duration.compareTo(Duration.ZERO) > 0);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException if the text is none, or none above 0
     */
    public static Duration parse(String text) {
        return read(text).orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not " + EXPECTED));
    }

    /** For example {@code 1h30m}. */
    public static String of(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
