package dev.vaelab.experiment.history;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What two runs can be different in. */
public enum Aspect {
    /** The keys of the experiment but seed and backend. */
    CONFIGURATION,
    /** Where the random numbers come from. */
    SEED,
    /** The engine and how it was built. */
    ENGINE,
    /** Of program, engine and Java. */
    VERSIONS,
    /** Results shift in the last digits with their number. */
    THREADS,
    /** The images, by their checksums. */
    DATA,
    /** Processor and operating system. */
    MACHINE,
    /** Environment variables that decide numbers or speed. */
    SETTINGS,
    /** Which processes trained the run, where it was resumed. */
    RESUMES;

    /** The name as people read it. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
