package dev.vaelab.api.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The reason of a failed file operation")
class FileFailuresTest {
    @Test
    @DisplayName("is in words where the exception's message is only a path")
    void knownReasons() {
        assertEquals("no such file", FileFailures.reason(new NoSuchFileException("a/b")));
        assertEquals("bytes that are no UTF-8 text", FileFailures.reason(new MalformedInputException(1)));
        assertEquals("a file, not a folder", FileFailures.reason(new NotDirectoryException("a/b")));
        assertEquals("no permission", FileFailures.reason(new AccessDeniedException("a/b")));
        assertEquals(
                "a link that leads back to a folder above it", FileFailures.reason(new FileSystemLoopException("a/b")));
    }

    @Test
    @DisplayName("is the system's, without the path")
    void systemReason() {
        assertEquals(
                "Read-only file system",
                FileFailures.reason(new FileSystemException("a/b", null, "Read-only file system")));
    }

    @Test
    @DisplayName("is the message otherwise, or at least the kind of the failure")
    void otherReasons() {
        assertEquals("No space left on device", FileFailures.reason(new IOException("No space left on device")));
        assertEquals("EOFException", FileFailures.reason(new EOFException()));
    }

    @Test
    @DisplayName("is what a server says, without the trace that it sends")
    void reasonOfServer() {
        assertEquals(
                "Permission denied: user=nobody, access=WRITE, inode=\"/\"", FileFailures.reason(new IOException("""
                                Permission denied: user=nobody, access=WRITE, inode="/"
                                \tat org.apache.hadoop.hdfs.server.namenode.FSPermissionChecker.check(FSPermissionChecker.java:661)
                                \tat org.apache.hadoop.ipc.Server$Handler.run(Server.java:3198)
                                """)));
    }
}
