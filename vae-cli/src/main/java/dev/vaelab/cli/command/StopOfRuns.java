package dev.vaelab.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;

/**
 * Turns Ctrl-C and a polite kill of a command that starts runs into an end in order: the runs at work write their checkpoints,
 * and the command says what is done and how to go on. A second Ctrl-C ends everything at once.
 */
final class StopOfRuns implements AutoCloseable {
    /** Longer than a run takes that is asked to end, and killed if it does not. */
    private static final int PATIENCE_SECONDS = 60;

    private static final int ENDED_BY_CTRL_C = 130;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::announceAndWait, "stop of runs");
    private volatile boolean requested;

    private StopOfRuns() {}

    /** Listens until closed. */
    static StopOfRuns listen() {
        StopOfRuns stop = new StopOfRuns();
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    /** Whether the end was asked for: what fails then, fails because of that. */
    boolean requested() {
        return requested;
    }

    /** The command has said what it had to say: the process may end. */
    @Override
    public void close() {
        finished.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending by now, and the hook is at work.
            }
        }
    }

    private void announceAndWait() {
        requested = true;
        if (finished.getCount() == 0) {
            return;
        }
        Signals.register("INT", () -> Runtime.getRuntime().halt(ENDED_BY_CTRL_C));
        System.err.println(
                "stopping: the runs at work write their checkpoints; Ctrl-C again ends at once, without them");
        try {
            finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
