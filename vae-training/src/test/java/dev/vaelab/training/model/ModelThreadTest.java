package dev.vaelab.training.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The thread of the models")
final class ModelThreadTest {
    private final ModelThread thread = new ModelThread(16);

    @Test
    @DisplayName("does all work itself, the last too, and throws what the work throws")
    void oneThread() {
        Thread first = thread.call(Thread::currentThread);
        assertSame(first, thread.call(Thread::currentThread));
        assertThrows(
                ArithmeticException.class,
                () -> thread.call(() -> {
                    throw new ArithmeticException();
                }));
        assertThrows(
                LinkageError.class,
                () -> thread.call(() -> {
                    throw new LinkageError();
                }));
        List<Thread> last = new ArrayList<>();
        thread.close(() -> last.add(Thread.currentThread()));
        assertEquals(List.of(first), last);
        assertThrows(RejectedExecutionException.class, () -> thread.call(() -> 1));
    }

    @Test
    @DisplayName("does what is waiting before it ends, and ends once")
    void waiting() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        Thread first = new Thread(() -> thread.call(() -> {
            begun.countDown();
            release.await();
            return done.add("first");
        }));
        Thread second = new Thread(() -> thread.call(() -> done.add("second")));
        Thread closing = new Thread(() -> thread.close(() -> done.add("last")));
        first.start();
        begun.await();
        awaitWaiting(second);
        awaitWaiting(closing);
        thread.close(() -> done.add("never"));
        release.countDown();
        for (Thread caller : List.of(first, second, closing)) {
            caller.join();
        }
        assertEquals(List.of("first", "second", "last"), done);
    }

    /** Starts a caller and goes on once it waits for its turn. */
    private static void awaitWaiting(Thread caller) {
        caller.start();
        while (caller.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName("refuses work if too much is waiting, and takes some again later")
    void tooMuch() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        CountDownLatch someRefused = new CountDownLatch(10);
        List<Thread> callers = new ArrayList<>();
        callers.add(new Thread(() -> thread.call(() -> {
            begun.countDown();
            release.await();
            return done.incrementAndGet();
        })));
        callers.get(0).start();
        begun.await();
        for (int caller = 0; caller < 26; caller++) {
            Thread more = new Thread(() -> {
                try {
                    thread.call(done::incrementAndGet);
                } catch (RejectedExecutionException e) {
                    refused.incrementAndGet();
                    someRefused.countDown();
                }
            });
            callers.add(more);
            more.start();
        }
        someRefused.await();
        release.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        assertEquals(10, refused.get());
        assertEquals(17, done.get());
        assertEquals(1, thread.call(() -> 1));
        thread.close(() -> {});
    }
}
