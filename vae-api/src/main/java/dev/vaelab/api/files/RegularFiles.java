package dev.vaelab.api.files;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads files of folders that anything may be in: a pipe has no end before somebody writes into it, a link may lead to a device that
 * never ends, and a folder cannot be read at all.
 */
public final class RegularFiles {
    private RegularFiles() {}

    /**
     * Checks that there is nothing else in the place of a file; a file that is missing is for whoever opens it to tell.
     *
     * @param expected what it should be, in words
     * @throws InvalidInputException if there is a folder, a pipe, a device or a link that leads nowhere
     */
    public static void requireNothingElse(Path file, String expected) {
        String found;
        if (Files.isRegularFile(file)) {
            return;
        } else if (Files.isDirectory(file)) {
            found = "a folder";
        } else if (Files.exists(file)) {
            found = "a pipe or a device, not a file";
        } else if (Files.isSymbolicLink(file)) {
            found = "a link to nothing";
        } else {
            return;
        }
        throw new InvalidInputException(Problem.of(file.toString(), found, expected));
    }

    /** Whether there is something of this name, be it a link that leads nowhere. */
    public static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Reads a text file in UTF-8.
     *
     * @param limit the most bytes that are read: a file of this program is never as large
     * @param expected what it should be, in words
     * @throws InvalidInputException if there is no file, something else in its place, no permission, more bytes than the limit,
     *     or no UTF-8
     */
    public static String readText(Path file, long limit, String expected) {
        requireNothingElse(file, expected);
        try (InputStream stream = Files.newInputStream(file)) {
            // Before memory is taken for it; and again, as some systems have files whose size is not told.
            byte[] bytes = Files.size(file) > limit ? null : stream.readNBytes(Math.toIntExact(limit + 1));
            if (bytes == null || bytes.length > limit) {
                throw new InvalidInputException(
                        Problem.of(file.toString(), "more than " + limit + " bytes", expected + " of at most as many"));
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(Problem.of(file.toString(), FileFailures.reason(e), expected));
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(Problem.of(file.toString(), "nothing", expected));
        } catch (IOException e) {
            throw new InvalidInputException(
                    Problem.of(file.toString(), "nothing to read (" + FileFailures.reason(e) + ")", expected));
        }
    }
}
