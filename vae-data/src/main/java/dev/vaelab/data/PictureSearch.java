package dev.vaelab.data;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.files.PathNames;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * Finds the pictures below a folder, through links too.
 *
 * <p>What has a name that begins with a full stop is passed over, since systems and editors hide such files and folders:
 * thumbnails, checkpoints of notebooks, the second half of files from a Macintosh.
 */
final class PictureSearch extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final List<Path> pictures = new ArrayList<>();
    private int otherFiles;

    private PictureSearch(Path folder) {
        this.folder = folder;
    }

    /**
     * Searches a folder.
     *
     * @throws InvalidInputException if it, or a folder in it, cannot be listed
     */
    static PictureSearch in(Path folder) {
        PictureSearch search = new PictureSearch(folder);
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, search);
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        return search;
    }

    /** Paths of the pictures inside the folder, in no order. */
    List<Path> pictures() {
        return List.copyOf(pictures);
    }

    /** Number of files that are neither hidden nor called like a picture. */
    int otherFiles() {
        return otherFiles;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return isHidden(directory) && !directory.equals(folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (!isHidden(file)) {
            // Opening a pipe or a device, whatever its name, could wait for ever.
            if (PictureFormat.isNamed(file.getFileName()) && !attributes.isOther()) {
                pictures.add(folder.relativize(file));
            } else {
                otherFiles++;
            }
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        if (isHidden(file) && !file.equals(folder)) {
            return FileVisitResult.CONTINUE;
        }
        throw unreadable(file, failure);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
        if (failure != null) {
            throw unreadable(directory, failure);
        }
        return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path path) {
        return path.getFileName() != null && path.getFileName().toString().startsWith(".");
    }

    private static InvalidInputException unreadable(Path place, IOException failure) {
        return new InvalidInputException(
                Problem.of(PathNames.text(place), FileFailures.reason(failure), "a folder that can be read"));
    }
}
