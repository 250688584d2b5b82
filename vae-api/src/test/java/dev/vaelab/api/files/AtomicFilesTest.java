package dev.vaelab.api.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Files written atomically")
class AtomicFilesTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("weights.bin");
    }

    @Test
    @DisplayName("hold the content, and nothing else is left in the folder")
    void writes() throws IOException {
        AtomicFiles.write(file, stream -> print(stream, "new"));
        assertEquals("new", Files.readString(file));
        assertEquals(List.of("weights.bin"), names());
    }

    @Test
    @DisplayName("replace the file that was there")
    void replaces() throws IOException {
        Files.writeString(file, "something old and longer");
        AtomicFiles.write(file, stream -> print(stream, "new"));
        assertEquals("new", Files.readString(file));
        assertEquals(List.of("weights.bin"), names());
    }

    @Test
    @DisplayName("show the old content for as long as the new one is not complete")
    void oldContentStaysWhileWriting() throws IOException {
        Files.writeString(file, "old");
        AtomicFiles.write(file, stream -> {
            print(stream, "new");
            stream.flush();
            assertEquals("old", Files.readString(file));
        });
        assertEquals("new", Files.readString(file));
    }

    @Test
    @DisplayName("keep the old content when writing fails, and leave nothing behind")
    void failureKeepsOldContent() throws IOException {
        Files.writeString(file, "old");
        IOException failure = new IOException("No space left on device");
        assertSame(
                failure,
                assertThrows(
                        IOException.class,
                        () -> AtomicFiles.write(file, stream -> {
                            print(stream, "half");
                            stream.flush();
                            throw failure;
                        })));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("weights.bin"), names());
    }

    @Test
    @DisplayName("leave nothing behind when the content throws an unchecked exception")
    void uncheckedFailure() throws IOException {
        IllegalStateException failure = new IllegalStateException("diverged");
        assertSame(
                failure,
                assertThrows(
                        IllegalStateException.class,
                        () -> AtomicFiles.write(file, stream -> {
                            throw failure;
                        })));
        assertEquals(List.of(), names());
    }

    @Test
    @DisplayName("do not replace a folder, and leave nothing behind")
    void targetIsAFolder() throws IOException {
        Files.createDirectory(file);
        Files.writeString(file.resolve("inside"), "kept");
        assertThrows(IOException.class, () -> AtomicFiles.write(file, stream -> print(stream, "new")));
        assertEquals("kept", Files.readString(file.resolve("inside")));
        assertEquals(List.of("weights.bin"), names());
    }

    @Test
    @DisplayName(
            "leave a temporary file behind when the process is killed, which is known by its name and can be removed")
    void leftByKill() throws IOException {
        AtomicFiles.write(file, stream -> {
            print(stream, "half");
            Path temporary;
            try (Stream<Path> files = Files.list(folder)) {
                temporary = files.findFirst().orElseThrow();
            }
            assertTrue(AtomicFiles.isTemporary(temporary), temporary.toString());
            Files.copy(
                    temporary, folder.resolve(temporary.getFileName().toString().replace("-4", "-5")));
        });
        Files.writeString(folder.resolve(".notes.tmp"), "of a person");
        AtomicFiles.removeTemporary(folder);
        assertEquals(
                List.of(".notes.tmp", "weights.bin"), names().stream().sorted().toList());
    }

    @Test
    @DisplayName("need a folder that exists")
    void missingFolder() {
        Path lost = folder.resolve("missing").resolve("weights.bin");
        assertThrows(NoSuchFileException.class, () -> AtomicFiles.write(lost, stream -> print(stream, "new")));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    @Test
    @DisplayName(
            "are found below a folder, without those that are not there in full; a file is no folder, and nothing has none")
    void below() throws IOException {
        AtomicFiles.write(file, stream -> print(stream, "whole"));
        Path inner = Files.createDirectories(folder.resolve("inner"));
        Files.createFile(inner.resolve("whole"));
        Files.createFile(AtomicFiles.temporary(inner.resolve("half")));

        assertEquals(
                List.of("inner/whole", "weights.bin"),
                AtomicFiles.below(folder).stream().sorted().toList());
        assertEquals(List.of(), AtomicFiles.below(folder.resolve("missing")));
        assertThrows(NotDirectoryException.class, () -> AtomicFiles.below(file));
    }

    private static void print(OutputStream stream, String text) throws IOException {
        stream.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
