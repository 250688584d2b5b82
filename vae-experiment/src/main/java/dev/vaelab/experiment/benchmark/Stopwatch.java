package dev.vaelab.experiment.benchmark;

import dev.vaelab.api.backend.Batch;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;

/** Serves batches until a time is over, but at least one, and tells how long all of them took. */
final class Stopwatch implements Iterator<Batch> {
    private final Iterator<Batch> source;
    private final long nanoseconds;
    private final long started = System.nanoTime();
    private long images;

    private Stopwatch(Iterator<Batch> source, Duration duration) {
        this.source = source;
        this.nanoseconds = duration.toNanos();
    }

    /**
     * Measures work on one batch after the other.
     *
     * @param source batches without end
     * @param work done with each
     */
    static Pace measure(Iterator<Batch> source, Duration duration, Consumer<Batch> work) {
        return measureAll(source, duration, batches -> batches.forEachRemaining(work));
    }

    /**
     * Measures work that takes its batches itself.
     *
     * @param source batches without end
     * @param work done with all that it is given
     */
    static Pace measureAll(Iterator<Batch> source, Duration duration, Consumer<Iterator<Batch>> work) {
        Stopwatch stopwatch = new Stopwatch(source, duration);
        work.accept(stopwatch);
        return new Pace(stopwatch.images, (System.nanoTime() - stopwatch.started) / 1e9);
    }

    @Override
    public boolean hasNext() {
        return images == 0 || System.nanoTime() - started < nanoseconds;
    }

    @Override
    public Batch next() {
        Batch batch = source.next();
        images += batch.count();
        return batch;
    }
}
