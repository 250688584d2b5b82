package dev.vaelab.experiment.run;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.FileFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder that is there with all of its files, or not at all: they are written into a folder beside it, which then takes its name.
 *
 * <p>What a process leaves that is killed meanwhile is a folder whose name {@link dev.vaelab.api.files.AtomicFiles#isTemporary}
 * knows.
 */
public final class WholeFolder {
    private final Path target;

    /**
     * A folder that is to be made.
     *
     * @param target not there yet, or empty
     */
    public WholeFolder(Path target) {
        this.target = target;
    }

    /** What a folder is to hold. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it into a folder that is there and empty. */
        void writeTo(Path folder) throws IOException;
    }

    /**
     * Goes on only if the folder can be made, as far as that can be told beforehand: nobody should have to wait for that.
     *
     * @throws InvalidInputException if there is something, or a file in the way
     * @throws RunFailedException if it cannot be read
     */
    public void requireNew() {
        if (!Files.exists(target)) {
            return;
        }
        if (!Files.isDirectory(target)) {
            throw new InvalidInputException(Problem.of(target.toString(), "a file", "a new or empty folder"));
        }
        NewFolder.requireNothingBut(entry -> false, target, "nothing is ever overwritten: name another folder");
    }

    /**
     * Makes the folder, and those that it is in.
     *
     * @param content if it throws, nothing is left behind
     * @throws InvalidInputException if there is something, or a file in the way, or the content throws it
     * @throws RunFailedException if the system does not let the folder be made or written to
     */
    public void write(Content content) {
        requireNew();
        Path absolute = target.toAbsolutePath().normalize();
        Path temporary = absolute.resolveSibling("." + absolute.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(absolute.getParent());
            Files.createDirectory(temporary);
        } catch (IOException e) {
            throw NewFolder.cannotMake(target, e);
        }
        try {
            content.writeTo(temporary);
            if (Files.exists(absolute)) {
                // Empty, or this fails, as it should.
                Files.delete(absolute);
            }
            Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            removeAfter(e, temporary);
            throw new RunFailedException("cannot write " + target + ": " + FileFailures.reason(e), e);
        } catch (RuntimeException | Error e) {
            removeAfter(e, temporary);
            throw e;
        }
    }

    private static void removeAfter(Throwable failure, Path folder) {
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
