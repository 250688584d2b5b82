package dev.vaelab.experiment.process;

import java.time.Duration;
import java.util.Locale;

/** Durations as the command line takes them. */
public final class DurationText {
    private DurationText() {}

    /** For example {@code 1h30m}. */
    public static String of(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
