package dev.vaelab.experiment.run;

import dev.vaelab.api.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The link {@code latest} to the newest of the runs in a folder, so that it can be named without its time. */
public final class LatestRun {
    private static final Logger LOGGER = LoggerFactory.getLogger(LatestRun.class);
    private static final String NAME = "latest";

    private LatestRun() {}

    /**
     * Has the link lead to a run, if the run is in the folder itself. It is relative, so that the folder can be moved, and takes the
     * place of the one before in one go. Where it cannot be made, there is none: some systems have no links, or let not everybody
     * make them, and something else may have the name.
     *
     * @param runs where people's runs are, {@link RunFolder#DEFAULT_PARENT}
     */
    public static void link(RunFolder run, Path runs) {
        Path parent = runs.toAbsolutePath().normalize();
        Path target = run.path().toAbsolutePath().normalize();
        Path link = parent.resolve(NAME);
        boolean taken = Files.exists(link) && !Files.isSymbolicLink(link);
        if (!parent.equals(target.getParent()) || taken || target.equals(link)) {
            return;
        }
        Path made = AtomicFiles.temporary(link);
        try {
            Files.createSymbolicLink(made, target.getFileName());
            Files.move(made, link, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            LOGGER.debug("no link {}", link, e);
            remove(made);
        }
    }

    private static void remove(Path made) {
        try {
            Files.deleteIfExists(made);
        } catch (IOException e) {
            LOGGER.debug("{} stays", made, e);
        }
    }

    /**
     * The folder that a link beside it leads to, so that what is said and written of a run stays with it when the link leads to another
     * one; any other path as it is.
     */
    static Path resolve(Path path) {
        if (!Files.isSymbolicLink(path)) {
            return path;
        }
        try {
            Path target = Files.readSymbolicLink(path);
            return target.isAbsolute() || target.getNameCount() > 1 ? path : path.resolveSibling(target);
        } catch (IOException e) {
            return path;
        }
    }
}
