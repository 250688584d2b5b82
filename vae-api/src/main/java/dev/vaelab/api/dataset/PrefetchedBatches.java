package dev.vaelab.api.dataset;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.Batch;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/**
 * Batches that one thread prepares while the engine is busy with earlier ones, in the same order.
 *
 * <p>The thread is a daemon, keeps no more than a few batches ready, and ends with the last batch or with {@link
 * #close()}. One thread at a time asks for batches.
 */
public final class PrefetchedBatches implements Iterator<Batch>, AutoCloseable {
    /** Enough to bridge a slow batch; more would only hold memory. */
    private static final int AHEAD = 3;

    private static final Supplier<Batch> END = () -> {
        throw new NoSuchElementException("there are no more batches");
    };

    private final BlockingQueue<Supplier<Batch>> ready;
    private final Thread producer;
    private Supplier<Batch> upcoming;
    private boolean closed;

    private PrefetchedBatches(Iterator<Batch> source, int ahead) {
        this.ready = new ArrayBlockingQueue<>(ahead);
        this.producer = new Thread(() -> produce(source), "batches");
        this.producer.setDaemon(true);
    }

    /**
     * Begins to prepare batches, some of which are kept ready.
     *
     * @param source the batches; from now on only the new thread uses it
     */
    public static PrefetchedBatches start(Iterator<Batch> source) {
        return start(source, AHEAD);
    }

    /**
     * Begins to prepare batches.
     *
     * @param source the batches; from now on only the new thread uses it
     * @param ahead batches that are kept ready at most, beside the one that is being prepared; at least one
     * @throws IllegalArgumentException if {@code ahead} is not positive
     */
    public static PrefetchedBatches start(Iterator<Batch> source, int ahead) {
        PrefetchedBatches batches = new PrefetchedBatches(source, ahead);
        batches.producer.start();
        return batches;
    }

    /**
     * Whether {@link #next()} has a batch or a failure to give; waits until that is known.
     *
     * @throws IllegalStateException after {@link #close()}
     * @throws RunFailedException if the calling thread is interrupted while it waits
     */
    @Override
    public boolean hasNext() {
        if (closed) {
            throw new IllegalStateException("the batches are closed");
        }
        if (upcoming == null) {
            upcoming = take();
        }
        return upcoming != END;
    }

    /**
     * The next batch. Whatever the source threw instead of it is thrown here, after the batches before it and again at
     * every further call.
     *
     * @throws NoSuchElementException after the last batch
     * @throws IllegalStateException after {@link #close()}
     * @throws RunFailedException if the calling thread is interrupted while it waits
     */
    @Override
    public Batch next() {
        hasNext();
        Batch batch = upcoming.get();
        upcoming = null;
        return batch;
    }

    /**
     * Gives up the batches that were not asked for, and waits for the thread to end, which takes no longer than a batch
     * that it is preparing. A second call does nothing.
     */
    @Override
    public void close() {
        closed = true;
        producer.interrupt();
        try {
            producer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Supplier<Batch> take() {
        try {
            return ready.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailedException("interrupted while waiting for a batch of images", e);
        }
    }

    private void produce(Iterator<Batch> source) {
        try {
            Supplier<Batch> item;
            do {
                item = prepare(source);
                ready.put(item);
            } while (item != END);
        } catch (InterruptedException e) {
            // close() interrupts: nobody waits for the rest.
        }
    }

    private static Supplier<Batch> prepare(Iterator<Batch> source) {
        try {
            if (!source.hasNext()) {
                return END;
            }
            Batch batch = source.next();
            return () -> batch;
        } catch (RuntimeException e) {
            return () -> {
                throw e;
            };
        } catch (Error e) {
            return () -> {
                throw e;
            };
        }
    }
}
