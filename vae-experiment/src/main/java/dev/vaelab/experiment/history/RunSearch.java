package dev.vaelab.experiment.history;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.experiment.run.RunFolder;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds run folders, those of comparisons included, however deep below a folder they are. */
public final class RunSearch {
    /** A folder with two of them is meant as a run; one alone might be anybody's. */
    private static final int ENOUGH = 2;

    private RunSearch() {}

    /**
     * The runs in a folder and below, in the order of their names; the folder itself if it is one. Links are not followed, and
     * folders that begin with a dot are left out.
     *
     * @throws InvalidInputException if there is no such folder
     */
    public static List<RunFolder> below(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException(Problem.of(
                    folder.toString(), Files.exists(folder) ? "a file" : "nothing", "a folder with runs in it"));
        }
        List<RunFolder> runs = new ArrayList<>();
        try {
            // The end of a link's name is followed for the folder that a person named.
            Path root = Files.isSymbolicLink(folder) ? folder.resolve(".") : folder;
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    if (isCopy(directory)) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    if (isRun(new RunFolder(directory))) {
                        runs.add(new RunFolder(directory.equals(root) ? folder : directory.normalize()));
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    boolean hidden = !directory.equals(root)
                            && directory.getFileName().toString().startsWith(".");
                    return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    // A folder that may not be read, or is gone since: the others are listed all the same.
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new InvalidInputException(Problem.of(
                    folder.toString(),
                    "a folder that cannot be read (" + FileFailures.reason(e) + ")",
                    "a folder with runs in it"));
        }
        runs.sort(Comparator.comparing(RunFolder::path));
        return runs;
    }

    /** Where a file store of MLflow has copies of files of a run. */
    private static boolean isCopy(Path directory) {
        return directory.endsWith("artifacts") && RegularFiles.isThere(directory.resolveSibling("meta.yaml"));
    }

    private static boolean isRun(RunFolder run) {
        return Stream.of(
                                run.config(),
                                run.provenance(),
                                run.metrics(),
                                run.result(),
                                run.lock(),
                                run.checkpoints().last())
                        .filter(RegularFiles::isThere)
                        .limit(ENOUGH)
                        .count()
                == ENOUGH;
    }
}
