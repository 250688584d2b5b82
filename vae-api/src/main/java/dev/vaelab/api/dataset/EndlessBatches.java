package dev.vaelab.api.dataset;

import dev.vaelab.api.backend.Batch;
import java.util.Iterator;
import java.util.function.IntFunction;

/** Batches without end: one pass over the images after the other. */
public final class EndlessBatches implements Iterator<Batch> {
    private final IntFunction<Iterator<Batch>> passes;
    private int pass = 1;
    private Iterator<Batch> current;

    /**
     * Begins with the first pass.
     *
     * @param passes gives the batches of a pass, at least one, by its number from 1
     */
    public EndlessBatches(IntFunction<Iterator<Batch>> passes) {
        this.passes = passes;
        this.current = passes.apply(pass);
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Batch next() {
        if (!current.hasNext()) {
            pass++;
            current = passes.apply(pass);
        }
        return current.next();
    }
}
