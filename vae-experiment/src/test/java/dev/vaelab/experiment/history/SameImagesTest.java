package dev.vaelab.experiment.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.SampleRuns;
import dev.vaelab.experiment.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Runs on the same images under two paths")
final class SameImagesTest {
    @TempDir
    private Path folder;

    private RunFolder first;
    private RunFolder second;

    @BeforeEach
    void write() throws IOException {
        first = SampleRuns.write(folder.resolve("a"), "djl", 1, 2, 97.5);
        second = SampleRuns.write(folder.resolve("b"), "djl", 1, 2, 98);
        RunTableTest.replace(first.config(), "\"mnist\"", "\"images\", \"path\": \"pets\"");
        RunTableTest.replace(second.config(), "\"mnist\"", "\"images\", \"path\": \"/mnt/copy of pets\"");
    }

    @Test
    @DisplayName("are in one table, which names the other path")
    void table() {
        assertEquals(List.of("bce on images pets with beta 1.0, the same images as in /mnt/copy of pets"), titles());
    }

    @Test
    @DisplayName("are in two tables if their checksums or the form of the images differ, or no checksum tells")
    void apart() throws IOException {
        RunTableTest.replace(second.config(), "\"path\"", "\"size\": [8, 8], \"path\"");
        assertEquals(
                List.of(
                        "bce on images /mnt/copy of pets, resized to [8, 8] with beta 1.0",
                        "bce on images pets with beta 1.0"),
                titles());
        RunTableTest.replace(second.config(), "\"size\"", "\"test\": 3, \"size\"");
        RunTableTest.replace(first.config(), "\"path\"", "\"size\": [8, 8], \"path\"");
        assertEquals(2, titles().size());
        RunTableTest.replace(first.config(), "\"size\"", "\"test\": 3, \"size\"");
        assertEquals(1, titles().size());
        RunTableTest.replace(second.provenance(), "00ff", "ff00");
        assertEquals(2, titles().size());
        Files.delete(second.provenance());
        assertEquals(2, titles().size());
    }

    @Test
    @DisplayName("have their figures compared")
    void difference() throws IOException {
        RunDifference difference = RunDifference.of(first, second);
        for (String figure : new String[] {"validation loss", "test reconstruction", "test kl", "test total"}) {
            assertNull(figure(difference, figure).notCompared());
        }
        assertEquals(0.5, figure(difference, "validation loss").difference(), 1e-9);
        assertTrue(difference.same().contains(Aspect.DATA));

        RunTableTest.replace(second.provenance(), "00ff", "ff00");
        assertEquals(
                "bce on images pets / bce on images /mnt/copy of pets",
                figure(RunDifference.of(first, second), "test total").notCompared());
    }

    @Test
    @DisplayName("are told apart by the split of a kind that has several")
    void splits() throws IOException {
        RunTableTest.replace(
                first.config(), "\"images\", \"path\": \"pets\"", "\"emnist\", \"path\": \"e\", \"split\": \"digits\"");
        RunTableTest.replace(
                second.config(),
                "\"images\", \"path\": \"/mnt/copy of pets\"",
                "\"emnist\", \"path\": \"e\", \"split\": \"letters\"");
        assertEquals(
                List.of("bce on emnist e digits with beta 1.0", "bce on emnist e letters with beta 1.0"), titles());
    }

    private List<String> titles() {
        return RunTable.of(List.of(RunSummary.read(first), RunSummary.read(second)))
                .lines()
                .filter(line -> line.contains("nats"))
                .map(line -> line.substring(0, line.indexOf(", nats per image")))
                .toList();
    }

    private static FigurePair figure(RunDifference difference, String name) {
        return difference.figures().stream()
                .filter(pair -> pair.figure().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
