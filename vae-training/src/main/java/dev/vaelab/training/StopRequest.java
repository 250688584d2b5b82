package dev.vaelab.training;

import java.util.concurrent.atomic.AtomicBoolean;

/** How another thread asks a training to stop; it does so after the step in work, with a checkpoint. */
public final class StopRequest {
    private final AtomicBoolean requested = new AtomicBoolean();

    /** Asks for the stop. */
    public void request() {
        requested.set(true);
    }

    /** Whether the stop was asked for. */
    public boolean requested() {
        return requested.get();
    }
}
