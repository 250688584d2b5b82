package dev.vaelab.experiment.benchmark;

import dev.vaelab.api.backend.Batch;
import java.util.function.Consumer;

/** Adds up the time that one kind of work takes, batch by batch, between other work. */
final class Lap {
    private final Consumer<Batch> work;
    private long images;
    private long nanoseconds;

    Lap(Consumer<Batch> work) {
        this.work = work;
    }

    /** Does the work for a batch. */
    void run(Batch batch) {
        long started = System.nanoTime();
        work.accept(batch);
        nanoseconds += System.nanoTime() - started;
        images += batch.count();
    }

    /** What it comes to. */
    Pace pace() {
        return new Pace(images, nanoseconds / 1e9);
    }
}
