package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.comparison.Comparison;
import dev.vaelab.experiment.comparison.EngineDifference;
import dev.vaelab.experiment.json.JsonText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The figures of the README")
final class ReadmeFiguresTest {
    @Test
    @DisplayName("have the sign and the bounds of the recorded comparison")
    void difference() throws Exception {
        EngineDifference difference = JsonText.readFile(Path.of("results", Comparison.FILE), Comparison.class)
                .differences()
                .get(0);
        assertEquals("dl4j", difference.first());
        assertEquals("djl", difference.second());
        String readme = Files.readString(Path.of("../README.md")).replaceAll("\\s+", " ");
        String sentence = String.format(
                Locale.ROOT,
                "DJL's total minus Deeplearning4j's is %.3f nats on average over the seeds, with a 95 %% confidence interval of"
                        + " [%.3f, %.3f]",
                difference.total().mean(),
                difference.total().low(),
                difference.total().high());
        assertTrue(readme.contains(sentence), sentence);
    }
}
