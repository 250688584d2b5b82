package dev.vaelab.report.explore;

import dev.vaelab.api.RunFailedException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A thread for everything that models do: they are used by one thread at a time, and engines keep memory by thread.
 *
 * <p>Work is done in the order in which it comes.
 */
final class ModelThread {
    /** A page asks for a dozen things when it opens, and for one at a time later: more wait only if many pages are open. */
    private static final int MOST_WAITING = 16;

    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            work -> {
                Thread thread = new Thread(work, "models");
                thread.setDaemon(true);
                return thread;
            },
            (work, rejecting) -> {
                throw new RejectedExecutionException("the model has too much to do, or has ended: ask again");
            });

    /**
     * Does work and waits for its result; what it throws is thrown as it is.
     *
     * @throws RejectedExecutionException if too much is waiting already, or after {@link #close(Runnable)}
     * @throws RunFailedException if the calling thread is interrupted while it waits
     */
    <R> R call(Callable<R> work) {
        try {
            return executor.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailedException("interrupted while waiting for the model", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException("models throw nothing that is checked", e);
        }
    }

    /**
     * Gives up what is waiting, which nobody must be waiting for any more, and ends the thread with a last piece of work. What
     * is under way is waited for: an engine must not be torn down in the midst of it.
     */
    void close(Runnable last) {
        executor.getQueue().clear();
        try {
            call(() -> {
                last.run();
                return null;
            });
        } finally {
            executor.shutdown();
        }
    }
}
