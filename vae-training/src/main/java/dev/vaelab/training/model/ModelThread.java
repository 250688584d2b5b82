package dev.vaelab.training.model;

import dev.vaelab.api.RunFailedException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * A thread for everything that models do, so that any number of threads can share them: they are used by one thread at a time, and
 * engines keep memory, and threads of their own, for each thread that calls them.
 *
 * <p>Work is done in the order in which it comes.
 */
public final class ModelThread {
    private final ExecutorService executor = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "models");
        thread.setDaemon(true);
        return thread;
    });

    private final Semaphore places;

    /** A thread for which any number of callers may wait. */
    public ModelThread() {
        this(Integer.MAX_VALUE - 1);
    }

    /**
     * A thread that refuses work if too much is waiting.
     *
     * @param mostWaiting callers that may wait beside the one whose work is being done
     */
    public ModelThread(int mostWaiting) {
        places = new Semaphore(mostWaiting + 1);
    }

    /**
     * Does work and waits for its result; what it throws is thrown as it is.
     *
     * @throws RejectedExecutionException if too much is waiting already, or after {@link #close(Runnable)}
     * @throws RunFailedException if the calling thread is interrupted while it waits
     */
    public <R> R call(Callable<R> work) {
        if (!places.tryAcquire()) {
            throw new RejectedExecutionException("the model has too much to do: ask again");
        }
        Future<R> result;
        try {
            result = executor.submit(() -> {
                try {
                    return work.call();
                } finally {
                    places.release();
                }
            });
        } catch (RejectedExecutionException e) {
            places.release();
            throw new RejectedExecutionException("the model has ended", e);
        }
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailedException("interrupted while waiting for the model", e);
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
    }

    /**
     * Does what is waiting, then a last piece of work, and ends. An interrupt does not end the wait: an engine must not be torn down in
     * the midst of work. A second call does nothing.
     */
    public void close(Runnable last) {
        Future<?> end;
        try {
            end = executor.submit(last);
        } catch (RejectedExecutionException e) {
            return;
        }
        executor.shutdown();
        boolean interrupted = false;
        try {
            while (!end.isDone()) {
                try {
                    end.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw unchecked(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof RuntimeException failure) {
            return failure;
        }
        if (cause instanceof Error failure) {
            throw failure;
        }
        throw new IllegalStateException("models throw nothing that is checked", cause);
    }
}
