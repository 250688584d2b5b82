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
    @DisplayName(
            "whose engine cannot be loaded is removed, but not one that was there, nor what somebody else has put there")
    void abandoned() throws IOException {
        assertFalse(Files.exists(unloadable("made", true).path()));
        assertArrayEquals(
                new String[0], unloadable("found", false).path().toFile().list());
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.createFile(shared.resolve("notes.txt"));
        assertArrayEquals(
                new String[] {"notes.txt"},
                unloadable("shared", true).path().toFile().list());
    }

    private RunFolder unloadable(String name, boolean made) throws IOException {
        RunFolder run = new RunFolder(Files.createDirectories(folder.resolve(name)));
        run.prepare("{}");
        assertThrows(
                RunFailedException.class,
                () -> run.begin(made, () -> {
                    throw new RunFailedException("no library", null);
                }));
        return run;
    }
}
