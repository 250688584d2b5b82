package dev.vaelab.cli.progress;

/** What a person is shown while a training runs. */
public enum ProgressDisplay {
    /** A bar for each epoch, which draws over itself, and a line after it. */
    BAR,
    /** A line after each epoch. */
    PLAIN,
    /** Nothing but warnings. */
    QUIET
}
