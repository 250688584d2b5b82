package dev.vaelab.experiment.plugin;

import dev.vaelab.api.ServiceProviders;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Why the code of a plug-in does not fit, in words that blame the right one: the plug-in, a library of it, its jar, or this Java. */
final class PluginFault {
    /** Causes may lead in a circle. */
    private static final int MOST_CAUSES = 100;

    private PluginFault() {}

    /** What was found when a provider could not be made. */
    static String ofLoading(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .map(PluginFault::misfit)
                .flatMap(Optional::stream)
                .findFirst()
                .map(misfit -> misfit.found + " (" + failure(failure) + ")")
                .orElseGet(() -> ServiceProviders.Place.plainly(failure));
    }

    /** What to say of a failure of a plug-in's code at work, if it is that it does not fit. */
    static Optional<String> atWork(String what, Throwable failure) {
        return misfit(failure)
                .map(misfit -> what + " does not work: found " + misfit.found + " (" + failure + "); " + misfit.advice);
    }

    private static Throwable failure(Throwable failure) {
        return failure.getCause() instanceof LinkageError cause ? cause : failure;
    }

    private static Optional<Misfit> misfit(Throwable failure) {
        if (failure instanceof UnsupportedClassVersionError) {
            return Optional.of(new Misfit(
                    "classes that were compiled for a newer Java than this one, "
                            + Runtime.version().feature(),
                    "run the program with that Java, or compile the plug-in for this one"));
        }
        if (failure instanceof ClassFormatError) {
            return Optional.of(new Misfit("a damaged jar", "copy it again"));
        }
        boolean missing =
                failure instanceof NoClassDefFoundError && failure.getCause() instanceof ClassNotFoundException;
        if (!missing && !(failure instanceof IncompatibleClassChangeError)) {
            // For example a native library that is not there, or an initializer that failed.
            return Optional.empty();
        }
        String message = String.valueOf(failure.getMessage()).replace('/', '.');
        if (message.contains("dev.vaelab.api.") || message.contains("dev.vaelab.training.")) {
            return Optional.of(new Misfit(
                    "code that was built against another version of vae-api", "build it anew against this one"));
        }
        return Optional.of(
                missing
                        ? new Misfit(
                                "code that needs a library which is not there",
                                "put the library's jar beside it, in" + " the folder of the plug-in")
                        : new Misfit(
                                "code that was built against another version of a library",
                                "put the version that it needs beside it, in the folder of the plug-in"));
    }

    /**
     * Code that does not fit.
     *
     * @param found what it is
     * @param advice what to do
     */
    private record Misfit(String found, String advice) {}
}
