package dev.vaelab.experiment.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.RunFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A run folder")
final class RunFolderTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("that was renamed amid an epoch is not made anew for a picture")
    void renamed() throws IOException {
        RunFolder run = new RunFolder(Files.createDirectory(folder.resolve("run")));
        run.writePicture(run.epochSamples(1), new byte[] {1});
        assertArrayEquals(new byte[] {1}, Files.readAllBytes(run.epochSamples(1)));
        Files.move(run.path(), folder.resolve("renamed"));
        assertThrows(RunFailedException.class, () -> run.writePicture(run.epochSamples(2), new byte[] {2}));
        assertThrows(RunFailedException.class, () -> run.writePicture(run.latentMapThumbnails(), new byte[] {2}));
        assertFalse(Files.exists(run.path()));
    }

    @Test
    @DisplayName("of which nothing came is removed, but not what somebody else has put there")
    void abandoned() throws IOException {
        RunFolder made = new RunFolder(Files.createDirectory(folder.resolve("made")));
        made.prepare("{}");
        made.abandon(true);
        assertFalse(Files.exists(made.path()));

        RunFolder found = new RunFolder(Files.createDirectory(folder.resolve("found")));
        found.prepare("{}");
        found.abandon(false);
        assertArrayEquals(new String[0], found.path().toFile().list());

        RunFolder shared = new RunFolder(Files.createDirectory(folder.resolve("shared")));
        shared.prepare("{}");
        Files.createFile(shared.path().resolve("notes.txt"));
        shared.abandon(true);
        assertArrayEquals(new String[] {"notes.txt"}, shared.path().toFile().list());
    }
}
