package dev.vaelab.experiment.run;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.FileFailures;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes folders that nobody has used yet. */
final class NewFolder {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private NewFolder() {}

    /**
     * Makes a folder.
     *
     * @param asked the folder; null for one below {@code parent}
     * @param name what the name of the latter begins with; the time follows
     * @param ignored what may be in the folder already
     * @throws InvalidInputException if there is something else, or a file in the way
     * @throws RunFailedException if the system does not let the folder be made
     */
    static Path make(Path asked, Path parent, String name, LocalDateTime now, Predicate<Path> ignored) {
        return asked == null ? makeUnder(parent, name + "-" + STAMP.format(now)) : makeAt(asked, ignored);
    }

    /**
     * Checks what is in a folder.
     *
     * @param ignored what may be in it
     * @throws InvalidInputException if there is something else
     * @throws RunFailedException if the folder cannot be read
     */
    static void requireNothingBut(Predicate<Path> ignored, Path path) {
        requireNothingBut(ignored, path, "a run is never overwritten: name another folder");
    }

    /**
     * The same with other words for people.
     *
     * @param advice what to do if there is something else
     */
    static void requireNothingBut(Predicate<Path> ignored, Path path, String advice) {
        try (Stream<Path> entries = Files.list(path)) {
            if (!entries.allMatch(ignored)) {
                throw new InvalidInputException(
                        new Problem(path.toString(), "a folder with files in it", "a new or empty folder", advice));
            }
        } catch (IOException e) {
            throw cannotMake(path, e);
        }
    }

    private static Path makeAt(Path path, Predicate<Path> ignored) {
        try {
            Files.createDirectories(path);
        } catch (FileAlreadyExistsException e) {
            throw new InvalidInputException(Problem.of(path.toString(), "a file", "a new or empty folder"));
        } catch (IOException e) {
            throw cannotMake(path, e);
        }
        requireNothingBut(ignored, path);
        return path;
    }

    private static Path makeUnder(Path parent, String base) {
        try {
            Files.createDirectories(parent);
            for (int attempt = 1; ; attempt++) {
                Path path = parent.resolve(attempt == 1 ? base : base + "-" + attempt);
                try {
                    // createDirectory fails if another process was faster, which is what makes the name ours.
                    return Files.createDirectory(path);
                } catch (FileAlreadyExistsException e) {
                    continue;
                }
            }
        } catch (IOException e) {
            throw cannotMake(parent.resolve(base), e);
        }
    }

    /**
     * What becomes of a folder that cannot be made: below a file, the command is wrong; anywhere else, the system refuses
     * what was right to ask.
     */
    static RuntimeException cannotMake(Path path, IOException e) {
        for (Path above = path.toAbsolutePath(); above != null; above = above.getParent()) {
            if (Files.exists(above) && !Files.isDirectory(above)) {
                return new InvalidInputException(Problem.of(
                        "output folder " + path, "one below the file " + above.getFileName(), "a new or empty folder"));
            }
        }
        return new RunFailedException(
                "cannot write to the output folder " + path + ": " + FileFailures.reason(e) + "; name another one", e);
    }
}
