package dev.vaelab.experiments.hostile;

import java.util.concurrent.CountDownLatch;

/** Takes native memory and gives nothing back. It stops at a limit of its own, for the machine's sake, and waits there. */
public final class LeakingBackend extends HostileBackend {
    private static final long BLOCK = 32 << 20;
    private static final int BLOCKS = 24;

    /** For {@link java.util.ServiceLoader}. */
    public LeakingBackend() {
        super("leaking");
    }

    @Override
    protected void misbehave() throws ReflectiveOperationException, InterruptedException {
        NativeMemory memory = NativeMemory.open();
        for (int block = 0; block < BLOCKS; block++) {
            memory.fill(BLOCK);
        }
        new CountDownLatch(1).await();
    }
}
