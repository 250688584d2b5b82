package dev.vaelab.api.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes files so that a reader, and a machine that loses power, sees either the old content or the whole of the new one.
 *
 * <p>The content goes to a temporary file in the folder of the target, is forced to the disk, and takes the target's
 * place by an atomic rename, which is forced to the disk too where the system can do that to a folder.
 */
public final class AtomicFiles {
    private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp");

    private AtomicFiles() {}

    /** What a file is to hold. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it; the stream is buffered, and is closed by the caller. */
        void writeTo(OutputStream stream) throws IOException;
    }

    /**
     * Writes a file, or replaces it.
     *
     * @param target in a folder that exists
     * @param content what to write; if it throws, the target stays as it was and nothing else is left behind
     * @throws IOException if the disk is full, the folder is missing or read-only, or the content throws it
     */
    public static void write(Path target, Content content) throws IOException {
        Path temporary = temporary(target);
        Path folder = temporary.getParent();
        try {
            writeDurably(temporary, content);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException | Error e) {
            removeAfter(e, temporary);
            throw e;
        }
        forceFolder(folder);
    }

    /** A name beside a target, for what is to take its place in one go; nobody else has it. */
    public static Path temporary(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        return folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }

    /** Whether this is the name of a temporary file of {@link #write}, which only a process that was killed leaves behind. */
    public static boolean isTemporary(Path file) {
        return TEMPORARY.matcher(file.getFileName().toString()).matches();
    }

    /**
     * The files below a folder into which somebody may be writing at this moment: without temporary ones, and without one that has gone
     * while this looks.
     *
     * @return relative names, in no order; none if the folder is not there
     * @throws NotDirectoryException if it is a file
     * @throws IOException if it cannot be read
     */
    public static List<String> below(Path folder) throws IOException {
        if (Files.isRegularFile(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        List<String> names = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !isTemporary(file)) {
                    names.add(folder.relativize(file).toString());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return names;
    }

    /**
     * Removes what processes that were killed have left of files that they were writing.
     *
     * @param folder into which nobody writes at the moment
     * @throws IOException if the folder cannot be read or a file not be removed
     */
    public static void removeTemporary(Path folder) throws IOException {
        List<Path> left;
        try (Stream<Path> files = Files.list(folder)) {
            left = files.filter(AtomicFiles::isTemporary).toList();
        }
        for (Path file : left) {
            Files.deleteIfExists(file);
        }
    }

    private static void writeDurably(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel));
            content.writeTo(stream);
            stream.flush();
            channel.force(true);
        }
    }

    private static void removeAfter(Throwable failure, Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Without this the rename itself could be lost with the power; the old content would then be back, still whole. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows cannot open a folder as a file. The new content is in place either way.
        }
    }
}
