package dev.vaelab.experiment.run;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.FileFailures;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a training can do without: pages, pictures, event files. During a training one that cannot be made is a warning, and
 * the training goes on.
 *
 * <p>Used by the training's thread.
 */
public final class Extras {
    private static final Logger LOGGER = LoggerFactory.getLogger(Extras.class);

    private final BiConsumer<String, Throwable> failures;

    private Extras(BiConsumer<String, Throwable> failures) {
        this.failures = failures;
    }

    /**
     * Extras whose failure is a warning: one for each kind, since a full disk would otherwise be told of after every epoch.
     * The next attempt is made all the same, as the disk may have room again.
     *
     * @param warnings told in one line; the log gets the stack trace
     */
    public static Extras warningOn(PrintStream warnings) {
        Set<String> warnedOf = new HashSet<>();
        return new Extras((kind, failure) -> {
            LOGGER.warn("no {}", kind, failure);
            if (warnedOf.add(kind)) {
                warnings.println("warning: " + message(kind, failure));
            }
        });
    }

    /**
     * Extras that somebody has asked for and nothing else: a failure is a {@link RunFailedException}, or what was asked for was wrong
     * already.
     */
    public static Extras required() {
        return new Extras((kind, failure) -> {
            if (failure instanceof InvalidInputException invalid) {
                throw invalid;
            }
            throw new RunFailedException(message(kind, failure), failure);
        });
    }

    /** Work that may fail. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void run() throws Exception;
    }

    /**
     * Makes an extra.
     *
     * @param kind what it is, in words that complete "no ..."
     * @return whether it is made
     */
    public boolean attempt(String kind, Work work) {
        return make(kind, () -> {
                    work.run();
                    return true;
                })
                .isPresent();
    }

    /**
     * Makes an extra that others need.
     *
     * @param kind what it is, in words that complete "no ..."
     * @return nothing if it could not be made
     */
    public <V> Optional<V> make(String kind, Callable<V> work) {
        try {
            return Optional.of(work.call());
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            // A picture too large for the heap, or a library that is not there, is no reason to lose a training either.
            failures.accept(kind, e);
            return Optional.empty();
        }
    }

    private static String message(String kind, Throwable failure) {
        return "no " + kind + ": " + reason(failure);
    }

    private static String reason(Throwable failure) {
        if (failure instanceof RunFailedException || failure instanceof InvalidInputException) {
            return failure.getMessage();
        }
        return ResourceShortage.of(failure)
                .orElseGet(() -> failure instanceof IOException io ? FileFailures.reason(io) : failure.toString());
    }
}
