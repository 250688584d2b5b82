package dev.vaelab.experiment.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.history.RunSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The link to the latest run")
final class LatestRunTest {
    @TempDir
    private Path folder;

    private Path runs;

    @BeforeEach
    void makeRuns() throws IOException {
        runs = Files.createDirectory(folder.resolve("runs"));
    }

    @Test
    @DisplayName("leads to the newest run by its name alone, in the place of the one before")
    void newest() throws IOException {
        LatestRun.link(run("first"), runs);
        LatestRun.link(run("second"), runs);
        Path link = runs.resolve("latest");
        assertEquals(Path.of("second"), Files.readSymbolicLink(link));
        assertEquals(runs.resolve("second"), RunFolder.open(link).path());
        Path moved = Files.move(runs, folder.resolve("moved"));
        assertEquals(
                moved.resolve("second"), RunFolder.open(moved.resolve("latest")).path());
        assertEquals(List.of("first", "latest", "second"), names(moved));
    }

    @Test
    @DisplayName("is no run of its own in a list of runs, and shows its run where it is asked for")
    void lists() throws IOException {
        LatestRun.link(run("only"), runs);
        assertEquals(
                List.of(runs.resolve("only")),
                RunSearch.below(runs).stream().map(RunFolder::path).toList());
        assertEquals(1, RunSearch.below(runs.resolve("latest")).size());
    }

    @Test
    @DisplayName(
            "is not made for a run elsewhere, nor in the place of something else; what a link leads to elsewhere keeps its name")
    void elsewhere() throws IOException {
        RunFolder own = new RunFolder(Files.createDirectory(folder.resolve("own")));
        own.prepare("{}");
        LatestRun.link(own, runs);
        assertEquals(List.of(), names(runs));
        Files.createDirectory(runs.resolve("latest"));
        LatestRun.link(run("first"), runs);
        assertFalse(Files.isSymbolicLink(runs.resolve("latest")));
        assertEquals(List.of("first", "latest"), names(runs));
        Path far = Files.createSymbolicLink(runs.resolve("far"), own.path());
        assertEquals(far, RunFolder.open(far).path());
    }

    @Test
    @DisplayName("is left out without a word where the folder takes none")
    void impossible() throws IOException {
        RunFolder run = run("first");
        assertTrue(runs.toFile().setWritable(false));
        try {
            LatestRun.link(run, runs);
            assertTrue(names(runs).stream()
                    .allMatch(name -> List.of("first", "latest").contains(name)));
        } finally {
            runs.toFile().setWritable(true);
        }
    }

    private RunFolder run(String name) throws IOException {
        RunFolder run = new RunFolder(Files.createDirectory(runs.resolve(name)));
        run.prepare("{}");
        RunFolder.writeText(run.metrics(), "");
        return run;
    }

    private static List<String> names(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
