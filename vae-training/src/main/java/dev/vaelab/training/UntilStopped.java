package dev.vaelab.training;

import dev.vaelab.api.backend.Batch;
import java.util.Iterator;

/** Batches that come to an end when a stop is asked for; the first one always comes, since there is no mean of none. */
record UntilStopped(Iterable<Batch> batches, StopRequest stop) implements Iterable<Batch> {
    @Override
    public Iterator<Batch> iterator() {
        Iterator<Batch> all = batches.iterator();
        return new Iterator<>() {
            private boolean begun;

            @Override
            public boolean hasNext() {
                return all.hasNext() && !(begun && stop.requested());
            }

            @Override
            public Batch next() {
                begun = true;
                return all.next();
            }
        };
    }
}
