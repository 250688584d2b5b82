package dev.vaelab.cli.report;

import dev.vaelab.cli.run.RunFolder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes pages. A page is an extra: one that cannot be made is a warning, and whoever asked for it goes on. */
final class ReportFile {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReportFile.class);

    private ReportFile() {}

    /**
     * Writes a page.
     *
     * @param file where to; replaced if it is there
     * @param page makes the text
     * @param warnings where a failure is told, in one line
     * @return whether it is written
     */
    static boolean write(Path file, Supplier<String> page, PrintStream warnings) {
        try {
            RunFolder.writeText(file, page.get());
            return true;
        } catch (RuntimeException e) {
            LOGGER.warn("no report {}", file, e);
            warnings.println("warning: no report: " + e.getMessage());
            return false;
        }
    }
}
