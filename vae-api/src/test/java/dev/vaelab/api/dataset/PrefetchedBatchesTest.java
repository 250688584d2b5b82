package dev.vaelab.api.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.Batch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The timeout only keeps a deadlock from hanging the build. */
@Timeout(60)
@DisplayName("Prefetched batches")
class PrefetchedBatchesTest {
    @Test
    @DisplayName("are the batches of the source, in its order")
    void keepOrder() {
        List<Batch> source =
                IntStream.range(0, 100).mapToObj(PrefetchedBatchesTest::batch).toList();
        List<Batch> found = new ArrayList<>();
        try (PrefetchedBatches batches = PrefetchedBatches.start(source.iterator(), 3)) {
            batches.forEachRemaining(found::add);
            assertFalse(batches.hasNext());
            assertEquals(
                    "there are no more batches",
                    assertThrows(NoSuchElementException.class, batches::next).getMessage());
        }
        assertEquals(source, found);
    }

    @Test
    @DisplayName("are prepared by a daemon thread before they are asked for")
    void aheadOfTheCaller() throws InterruptedException {
        EndlessSource source = new EndlessSource();
        try (PrefetchedBatches batches = PrefetchedBatches.start(source, 2)) {
            source.awaitPrepared(3);
            assertTrue(source.producer().isDaemon());
            assertEquals(0, batches.next().images()[0]);
            source.awaitPrepared(1);
        }
    }

    @Test
    @DisplayName("are never more than the queue holds, the one in the making and the one that was asked for")
    void boundedByQueue() {
        EndlessSource source = new EndlessSource();
        try (PrefetchedBatches batches = PrefetchedBatches.start(source, 2)) {
            for (int taken = 1; taken <= 1000; taken++) {
                source.limit.set(taken + 3);
                batches.next();
            }
        }
        assertFalse(source.exceeded.get());
    }

    @Test
    @DisplayName("end their thread when they are closed before the last one")
    void closeEndsThread() {
        EndlessSource source = new EndlessSource();
        PrefetchedBatches batches = PrefetchedBatches.start(source, 2);
        batches.next();
        batches.close();
        batches.close();
        assertFalse(source.producer().isAlive());
        assertEquals(
                "the batches are closed",
                assertThrows(IllegalStateException.class, batches::next).getMessage());
        assertThrows(IllegalStateException.class, batches::hasNext);
    }

    @Test
    @DisplayName("pass on what the source threw, after the batches before it and whenever asked again")
    void passFailuresOn() {
        InvalidInputException failure = new InvalidInputException(Problem.of("place", "found", "expected"));
        Iterator<Batch> source = Stream.of(0, 1, 2)
                .map(number -> {
                    if (number == 2) {
                        throw failure;
                    }
                    return batch(number);
                })
                .iterator();
        try (PrefetchedBatches batches = PrefetchedBatches.start(source, 2)) {
            assertEquals(0, batches.next().images()[0]);
            assertEquals(1, batches.next().images()[0]);
            assertSame(failure, assertThrows(InvalidInputException.class, batches::next));
            assertSame(failure, assertThrows(InvalidInputException.class, batches::next));
        }
    }

    @Test
    @DisplayName("pass errors on too")
    void passErrorsOn() {
        OutOfMemoryError error = new OutOfMemoryError("not really");
        Iterator<Batch> source = Stream.<Batch>generate(() -> {
                    throw error;
                })
                .iterator();
        try (PrefetchedBatches batches = PrefetchedBatches.start(source, 2)) {
            assertSame(error, assertThrows(OutOfMemoryError.class, batches::next));
        }
    }

    @Test
    @DisplayName("let an interrupted caller go, and keep its interruption")
    void interruptible() {
        CountDownLatch never = new CountDownLatch(1);
        Iterator<Batch> source = Stream.<Batch>generate(() -> {
                    try {
                        never.await();
                        throw new AssertionError("nobody counts down");
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return batch(0);
                    }
                })
                .iterator();
        PrefetchedBatches batches = PrefetchedBatches.start(source, 2);
        Thread.currentThread().interrupt();
        assertEquals(
                "interrupted while waiting for a batch of images",
                assertThrows(RunFailedException.class, batches::next).getMessage());
        assertTrue(Thread.interrupted(), "the caller learns of its interruption");
        batches.close();
    }

    @Test
    @DisplayName("need room for at least one")
    void refuseNoRoom() {
        Iterator<Batch> source = Stream.of(batch(0)).iterator();
        assertThrows(IllegalArgumentException.class, () -> PrefetchedBatches.start(source, 0));
    }

    private static Batch batch(int number) {
        return new Batch(1, new float[] {number}, new float[] {number});
    }

    /** Counts what it gives, and remembers the thread that asks. */
    private static final class EndlessSource implements Iterator<Batch> {
        private final AtomicInteger limit = new AtomicInteger(Integer.MAX_VALUE);
        private final AtomicBoolean exceeded = new AtomicBoolean();
        private final Semaphore given = new Semaphore(0);
        private volatile Thread producer;
        private int count;

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Batch next() {
            producer = Thread.currentThread();
            Batch batch = batch(count);
            count++;
            if (count > limit.get()) {
                exceeded.set(true);
            }
            given.release();
            return batch;
        }

        Thread producer() {
            return producer;
        }

        void awaitPrepared(int batches) throws InterruptedException {
            given.acquire(batches);
        }
    }
}
