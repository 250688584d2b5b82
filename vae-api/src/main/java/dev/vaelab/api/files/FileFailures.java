package dev.vaelab.api.files;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Collectors;

/** Why a file could not be read or written, in words: the messages of many I/O exceptions are no more than a path. */
public final class FileFailures {
    private FileFailures() {}

    /** The reason without the path, for example {@code no such file} or {@code No space left on device}. */
    public static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        if (failure instanceof NotDirectoryException) {
            return "a file, not a folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "no permission";
        }
        if (failure instanceof FileSystemLoopException) {
            return "a link that leads back to a folder above it";
        }
        if (failure instanceof CharacterCodingException) {
            return "bytes that are no UTF-8 text";
        }
        if (failure instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : withoutTrace(failure.getMessage());
    }

    /** The server of a file system may send the trace of its own side behind what it has to say: HDFS does. */
    private static String withoutTrace(String message) {
        return message.lines().takeWhile(line -> !line.startsWith("\tat ")).collect(Collectors.joining("\n"));
    }
}
