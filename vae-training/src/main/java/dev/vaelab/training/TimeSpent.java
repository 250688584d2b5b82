package dev.vaelab.training;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The time that a training has taken, all sittings together. */
final class TimeSpent {
    private final Duration before;
    private final LongSupplier nanoseconds;
    private final long began;

    /**
     * Begins a sitting.
     *
     * @param before time of earlier sittings
     * @param nanoseconds a clock that only goes forward, as {@link System#nanoTime}
     */
    TimeSpent(Duration before, LongSupplier nanoseconds) {
        this.before = before;
        this.nanoseconds = nanoseconds;
        this.began = nanoseconds.getAsLong();
    }

    /** Until now. */
    Duration now() {
        return before.plusNanos(nanoseconds.getAsLong() - began);
    }
}
