package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.comparison.Comparison;
import dev.vaelab.experiment.comparison.EngineDifference;
import dev.vaelab.experiment.json.JsonText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The figures of the README")
final class ReadmeFiguresTest {
    private static final Map<String, String> NAMES =
            Map.of("dl4j", "Deeplearning4j", "djl", "DJL (PyTorch)", "tensorflow", "TensorFlow");

    @Test
    @DisplayName("have the sign and the bounds of the recorded comparison")
    void difference() throws Exception {
        List<EngineDifference> differences = JsonText.readFile(Path.of("results", Comparison.FILE), Comparison.class)
                .differences();
        assertEquals(3, differences.size(), "pairs of three engines");
        String readme = Files.readString(Path.of("../README.md"));
        for (EngineDifference difference : differences) {
            String row = String.format(
                    Locale.ROOT,
                    "| %s | %s | %.3f | [%.3f, %.3f] | %s |",
                    NAMES.get(difference.second()),
                    NAMES.get(difference.first()),
                    difference.total().mean(),
                    difference.total().low(),
                    difference.total().high(),
                    difference.equivalent() ? "equivalent" : "not equivalent");
            assertTrue(readme.contains(row), row);
        }
    }
}
