package dev.vaelab.api.files;

import dev.vaelab.api.RunFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder into which an engine unpacks its native libraries, and from which it loads them.
 *
 * <p>It may be one that cannot be written to, as where a user has no home folder, or one on a file system from which nothing
 * may be executed. Engines fail then in many ways, few of which name the folder.
 *
 * @param content whose libraries they are, for example {@code PyTorch}
 * @param folder where it is
 * @param setting what names another folder
 */
public record NativeLibraryCache(String content, Path folder, String setting) {
    /** What loaders say of a file system that is mounted {@code noexec}: glibc, musl, macOS. */
    private static final List<String> NO_EXECUTION = List.of(
            "failed to map segment from shared object",
            "cannot enable executable",
            "Operation not permitted",
            "code signature");

    /** Causes may lead in a circle. */
    private static final int MOST_CAUSES = 100;

    /**
     * The failure of an engine that did not load, in words that name the folder.
     *
     * @param failure what the engine threw
     */
    public RunFailedException failure(Throwable failure) {
        Optional<String> missing = causes(failure).stream()
                .filter(cause -> cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError)
                .map(Throwable::toString)
                .findFirst();
        if (missing.isPresent()) {
            // Another folder would not help.
            return new RunFailedException(
                    content + " cannot be loaded, as a jar that it needs is not on the class path (" + missing.get()
                            + ")",
                    failure);
        }
        return new RunFailedException(
                "the native libraries of " + content + " cannot be unpacked into " + folder.toAbsolutePath()
                        + " and loaded from there: " + reason(failure) + "; " + setting + " names another folder",
                failure);
    }

    private static String reason(Throwable failure) {
        List<Throwable> causes = causes(failure);
        Optional<String> forbidden = causes.stream()
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .filter(message -> NO_EXECUTION.stream().anyMatch(message::contains))
                .findFirst();
        if (forbidden.isPresent()) {
            return "its file system is mounted noexec, or the system forbids it otherwise (" + forbidden.get() + ")";
        }
        Throwable root = causes.get(causes.size() - 1);
        return root instanceof IOException io ? FileFailures.reason(io) : root.toString();
    }

    private static List<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .toList();
    }
}
