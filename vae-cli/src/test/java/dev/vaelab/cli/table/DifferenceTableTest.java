package dev.vaelab.cli.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.SampleRuns;
import dev.vaelab.experiment.history.RunDifference;
import dev.vaelab.experiment.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The table of two runs' differences")
final class DifferenceTableTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("is shown in 100 columns, long values included")
    void table() throws IOException {
        RunFolder first = SampleRuns.write(folder.resolve("first"), "djl", 1, 2, 97.5);
        RunFolder second = SampleRuns.write(folder.resolve("second"), "djl", 1, 2, 97.25);
        String figures = DifferenceTable.of(RunDifference.of(first, second));
        assertTrue(
                figures.lines()
                        .anyMatch(line -> line.matches(" +test total \\(nats per image\\) +97.500 +97.250 +-0.250")),
                figures);
        String checksum = "0123456789abcdef".repeat(4);
        replace(first.provenance(), "00ff", checksum);
        replace(second.provenance(), "00ff", checksum.replace('0', 'x'));
        replace(second.config(), "\"beta\": 1.0", "\"beta\": 4.0");
        String text = DifferenceTable.of(RunDifference.of(first, second));
        assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
        // No line break swallows a part of a value, and both begin in the line of their key.
        assertTrue(
                text.contains(
                        "\n   images                            0123456789abcdef0123456789abcde x123456789abcdefx123456789abcde\n"),
                text);
        assertEquals(checksum, between(text, 37, 68));
        assertEquals(checksum.replace('0', 'x'), between(text, 69, 100));
        assertTrue(text.contains("\n configuration\n   loss.beta "), text);
        assertTrue(text.contains("the same: seed, engine, versions, threads, machine, settings, resumes\n"), text);
    }

    /** What stands between two columns in the lines of the checksums. */
    private static String between(String text, int begin, int end) {
        return text.lines()
                .filter(line -> line.length() > 69)
                .filter(line -> line.matches("(   images)? +[0-9a-fx]+ +[0-9a-fx]+"))
                .map(line -> line.substring(begin, Math.min(end, line.length())).strip())
                .reduce("", String::concat);
    }

    private static void replace(Path file, String old, String text) throws IOException {
        Files.writeString(file, Files.readString(file).replace(old, text));
    }
}
