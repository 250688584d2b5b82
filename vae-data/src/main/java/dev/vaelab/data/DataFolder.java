package dev.vaelab.data;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.files.PathNames;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The folder that {@code dataset.path} names. */
final class DataFolder {
    /** The key, for messages. */
    static final String PATH = "dataset.path";

    private DataFolder() {}

    /**
     * What is wrong if no folder is named.
     *
     * @param expected what it is, for messages
     */
    static List<Problem> check(DatasetConfig config, String expected) {
        return config.path() == null ? List.of(new Problem(PATH, "nothing", expected, "add this key")) : List.of();
    }

    /**
     * The folder, which exists.
     *
     * @param expected what it is, for messages
     * @throws InvalidInputException if none is named, or there is none
     */
    static Path require(DatasetConfig config, String expected) {
        List<Problem> problems = check(config, expected);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        Path folder = parse(config.path(), expected);
        if (!Files.isDirectory(folder)) {
            String reason = Files.exists(folder) ? "is not a folder" : "does not exist";
            throw new InvalidInputException(new Problem(
                    PATH,
                    config.path() + ", which " + reason,
                    expected,
                    folder.isAbsolute()
                            ? ""
                            : "a relative path begins at "
                                    + PathNames.text(Path.of("").toAbsolutePath())));
        }
        return folder;
    }

    /** What the data set in a folder is called: the last name of its path. */
    static String name(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return PathNames.text(name == null ? folder : name);
    }

    private static Path parse(String path, String expected) {
        try {
            return PathNames.path(path);
        } catch (InvalidPathException e) {
            throw new InvalidInputException(
                    Problem.of(PATH, "a path that this system cannot have (" + e.getReason() + ")", expected));
        }
    }
}
