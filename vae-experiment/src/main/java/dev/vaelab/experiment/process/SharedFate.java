package dev.vaelab.experiment.process;

import dev.vaelab.api.RunFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ends a process when this one ends, politely at first; once this one is ending, none is started any more. */
final class SharedFate implements AutoCloseable {
    private final Duration patience;
    private final Thread hook = new Thread(this::endWithUs, "end-of-child");
    private Process process;
    private boolean ending;

    private SharedFate(Duration patience) {
        this.patience = patience;
    }

    /**
     * Begins, before there is a process.
     *
     * @param patience how long the process may take to end by itself
     * @throws RunFailedException if this process is ending already
     */
    static SharedFate begin(Duration patience) {
        SharedFate fate = new SharedFate(patience);
        try {
            Runtime.getRuntime().addShutdownHook(fate.hook);
        } catch (IllegalStateException e) {
            throw stopped(e);
        }
        return fate;
    }

    /**
     * Starts the process.
     *
     * @throws RunFailedException if this process has begun to end in the meantime
     */
    synchronized Process start(ProcessBuilder builder) throws IOException {
        if (ending) {
            throw stopped(null);
        }
        process = builder.start();
        return process;
    }

    /**
     * Goes on only if this process is not ending: if it is, how the other one ended says nothing about it.
     *
     * @throws RunFailedException if it is
     */
    synchronized void requireLife() {
        if (ending) {
            throw stopped(null);
        }
    }

    /** Kills a process and those that it has started. */
    static void kill(Process process) {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }

    /** Leaves the process, which has ended, out of it. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process is ending, and the hook is at work.
        }
    }

    private synchronized void endWithUs() {
        ending = true;
        if (process != null) {
            end(process, patience);
        }
    }

    /** Asks a process to end, and kills it when it takes too long. */
    static void end(Process process, Duration patience) {
        process.destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                kill(process);
            }
        } catch (InterruptedException e) {
            kill(process);
        }
    }

    private static RunFailedException stopped(Exception cause) {
        return new RunFailedException("stopped: the program was asked to end", cause);
    }
}
