package dev.vaelab.experiment.process;

import java.time.Duration;

/**
 * When a child is given up.
 *
 * @param silence how long it may go without a sign of life: a line on its standard error
 * @param residentBytes how much memory it may take, with the processes that it starts itself
 * @param patience how long it may take to end when it is asked to, so that a training can write its checkpoint
 */
public record ChildLimits(Duration silence, long residentBytes, Duration patience) {
    /** Longer than a training takes for a step and a checkpoint. */
    private static final Duration FOR_A_CHECKPOINT = Duration.ofSeconds(30);

    /** Limits with time enough for a training to write its checkpoint. */
    public ChildLimits(Duration silence, long residentBytes) {
        this(silence, residentBytes, FOR_A_CHECKPOINT);
    }
}
