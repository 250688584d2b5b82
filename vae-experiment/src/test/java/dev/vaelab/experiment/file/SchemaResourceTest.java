package dev.vaelab.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.experiment.ExperimentConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The schema resource")
class SchemaResourceTest {
    @Test
    @DisplayName("is what the configuration records make")
    void isCurrent() throws IOException {
        String current = ExperimentMapper.WRITER.writeValueAsString(RecordSchema.of(ExperimentConfig.class)) + "\n";
        Path made = Path.of("target", ExperimentSchema.RESOURCE);
        Files.writeString(made, current);

        assertEquals(
                current,
                resource(),
                () -> "the records have changed; renew the schema with: cp vae-experiment/" + made
                        + " vae-experiment/src/main/resources/dev/vaelab/experiment/file/");
    }

    private static String resource() throws IOException {
        try (var resource = ExperimentSchema.class.getResourceAsStream(ExperimentSchema.RESOURCE)) {
            return resource == null ? "" : new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
