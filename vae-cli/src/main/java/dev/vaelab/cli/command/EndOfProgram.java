package dev.vaelab.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Turns Ctrl-C and a polite kill into the end of a command that would go on for ever, and lets it put things in order. */
final class EndOfProgram implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::askAndWait, "end of program");

    private EndOfProgram() {}

    /** Listens until closed. */
    static EndOfProgram listen() {
        EndOfProgram end = new EndOfProgram();
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    /** Waits until the end is asked for. */
    void await() throws InterruptedException {
        asked.await();
    }

    /** Everything is in order: the program may end. */
    @Override
    public void close() {
        finished.countDown();
        ShutdownHooks.remove(hook);
    }

    private void askAndWait() {
        asked.countDown();
        try {
            finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
