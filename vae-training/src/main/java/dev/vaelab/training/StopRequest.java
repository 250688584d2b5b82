package dev.vaelab.training;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How a training is asked to stop, with a checkpoint: at any time by another thread, which it obeys after the step in work; or,
 * before it begins, after an epoch.
 */
public final class StopRequest {
    private final AtomicBoolean requested = new AtomicBoolean();
    private final AtomicInteger lastEpoch = new AtomicInteger(Integer.MAX_VALUE);

    /** Asks for the stop. */
    public void request() {
        requested.set(true);
    }

    /** Whether the stop was asked for. */
    public boolean requested() {
        return requested.get();
    }

    /**
     * Asks for the stop after an epoch, whose state is that of a training that goes on: schedules are those of all epochs.
     *
     * @param epoch counted from 1
     */
    public void requestAfter(int epoch) {
        lastEpoch.set(epoch);
    }

    /** Whether a training that has done so many epochs is to stop before the next one begins. */
    public boolean requestedAfter(int epochs) {
        return epochs >= lastEpoch.get();
    }
}
