package dev.vaelab.cli.command;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.FileFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of the system's temporary ones, which is removed with all that is in it unless it is to be kept. */
final class TemporaryFolder implements AutoCloseable {
    private final Path path;
    private boolean kept;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes a folder.
     *
     * @param prefix what its name begins with
     * @throws RunFailedException if the system does not let it be made
     */
    static TemporaryFolder create(String prefix) {
        try {
            return new TemporaryFolder(Files.createTempDirectory(prefix));
        } catch (IOException e) {
            throw new RunFailedException("cannot make a temporary folder: " + FileFailures.reason(e), e);
        }
    }

    /** Where it is. */
    Path path() {
        return path;
    }

    /** Leaves it there, for somebody to look into. */
    void keep() {
        kept = true;
    }

    @Override
    public void close() {
        if (kept) {
            return;
        }
        try (Stream<Path> entries = Files.walk(path)) {
            List<Path> deepestFirst = entries.sorted(Comparator.reverseOrder()).toList();
            for (Path entry : deepestFirst) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException e) {
            System.err.println("warning: " + path + " cannot be removed: " + FileFailures.reason(e));
        }
    }
}
