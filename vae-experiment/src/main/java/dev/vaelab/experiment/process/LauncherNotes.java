package dev.vaelab.experiment.process;

import dev.vaelab.experiment.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process tells the launcher that waits for its end: native code may crash the JVM, and then the launcher is the only
 * one left to say which run it was, and how to resume it.
 */
public final class LauncherNotes {
    /** The launcher's folder for notes; not set where it does not wait, as for the children of a comparison or a sweep. */
    private static final String FOLDER = "vaelab.launcher.notes";

    private static final Logger LOGGER = LoggerFactory.getLogger(LauncherNotes.class);

    private LauncherNotes() {}

    /** Notes that this process trains a run. */
    public static void trains(RunFolder run) {
        String folder = System.getProperty(FOLDER);
        if (folder == null) {
            return;
        }
        try {
            // A link holds the name as the system has it, in whatever encoding that is.
            Files.createSymbolicLink(Path.of(folder, "run"), run.path());
        } catch (IOException | UnsupportedOperationException e) {
            LOGGER.warn("the launcher will not know the run folder if the JVM crashes", e);
        }
    }
}
