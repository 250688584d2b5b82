package dev.vaelab.experiments.hostile;

import java.util.concurrent.CountDownLatch;

/** Waits for what never comes. */
public final class HangingBackend extends HostileBackend {
    /** For {@link java.util.ServiceLoader}. */
    public HangingBackend() {
        super("hanging");
    }

    @Override
    protected void misbehave() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
