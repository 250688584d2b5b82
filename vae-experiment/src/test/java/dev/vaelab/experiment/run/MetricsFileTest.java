package dev.vaelab.experiment.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.model.Figures;
import dev.vaelab.experiment.SampleRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The metrics of a run")
final class MetricsFileTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("that were written before losses had names have the loss of the ELBO, with the beta of their epoch")
    void withoutLoss() throws IOException {
        RunFolder run = SampleRuns.write(folder.resolve("run"), "djl", 1, 1, 97.5);
        String line = Files.readString(run.metrics())
                .replaceAll(
                        "\"training\":\\{[^}]*}", "\"training\":{\"reconstruction\":80.0,\"kl\":20.0,\"total\":100.0}")
                .replace("\"beta\":1.0", "\"beta\":0.5");
        Files.writeString(run.metrics(), line);
        assertEquals(90, MetricsFile.read(run).get(0).training().loss());
    }

    @Test
    @DisplayName("keep every term of a loss and what it minimizes")
    void namedTerms() throws IOException {
        RunFolder run = SampleRuns.write(folder.resolve("run"), "djl", 1, 1, 97.5);
        String line = Files.readString(run.metrics())
                .replaceAll(
                        "\"training\":\\{[^}]*}",
                        "\"training\":{\"reconstruction\":80.0,\"kl\":20.0,\"iwae\":95.0,\"total\":100.0,\"loss\":95.0}");
        Files.writeString(run.metrics(), line);
        Figures training = MetricsFile.read(run).get(0).training();
        assertEquals(Map.of("iwae", 95.0), training.added());
        assertEquals(95, training.loss());
    }
}
