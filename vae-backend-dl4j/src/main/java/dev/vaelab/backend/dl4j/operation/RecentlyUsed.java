package dev.vaelab.backend.dl4j.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What was made for the latest few batch sizes.
 *
 * <p>An epoch alternates between whole and partial batches, in training and in validation. Making everything anew at each
 * change would cost time and leave gaps in native memory, which then grows from epoch to epoch.
 *
 * @param <V> what is kept
 */
public final class RecentlyUsed<V> implements AutoCloseable {
    /** Whole and partial batches in training and in validation. */
    private static final int KEPT = 4;

    private final Consumer<V> closing;
    private final List<V> values = new ArrayList<>();

    /** Keeps nothing yet; what is no longer kept is handed to {@code closing}. */
    public RecentlyUsed(Consumer<V> closing) {
        this.closing = closing;
    }

    /** The value that fits, made if there is none; it becomes the latest one. */
    public V get(Predicate<V> fits, Supplier<V> making) {
        int place = 0;
        while (place < values.size() && !fits.test(values.get(place))) {
            place++;
        }
        // By place and not by equality, which for arrays would compare every value.
        V found;
        if (place < values.size()) {
            found = values.remove(place);
        } else {
            if (values.size() == KEPT) {
                closing.accept(values.remove(0));
            }
            found = making.get();
        }
        values.add(found);
        return found;
    }

    @Override
    public void close() {
        values.forEach(closing);
        values.clear();
    }
}
