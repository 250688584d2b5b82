package dev.vaelab.experiment.cluster.images;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Carries what cannot be read or written through interfaces that know nothing of it. */
final class Unchecked {
    private Unchecked() {}

    /** What may fail. */
    interface Action {
        void run() throws IOException;
    }

    static void run(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
