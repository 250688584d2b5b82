package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.weights.Safetensors;
import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file, and PyTorch's figures in its metadata, are of {@code pytorch_state_dict.py} beside it. */
@DisplayName("A state_dict from PyTorch")
final class PyTorchWeightsTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeFiles() throws IOException {
        TinyExperiment.writeForAnyFolder(folder);
        file = folder.resolve("state_dict.safetensors");
        try (InputStream resource = PyTorchWeightsTest.class.getResourceAsStream("state_dict.safetensors")) {
            Files.copy(resource, file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    @DisplayName("gives the figures that it gives in PyTorch: KL and reconstruction within 1e-4 nats")
    void evaluates(String backend) throws Exception {
        Map<String, String> expected = Safetensors.read(file).metadata();
        Outcome outcome = evaluate(backend);
        assertEquals(0, outcome.exitCode(), outcome.errors());
        for (String term : new String[] {"reconstruction", "kl"}) {
            assertEquals(
                    Double.parseDouble(expected.get(term)),
                    (double) outcome.json().get(term),
                    1e-4,
                    term + " on " + backend);
        }
    }

    @Test
    @DisplayName("has counts of batches in it, as PyTorch's batch normalization keeps them")
    void counts() throws IOException {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertTrue(content.contains("\"encoder.bn1.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[]"));
    }

    @Test
    @DisplayName("with other names is refused, tensor by tensor")
    void otherNames() throws Exception {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        String other = content.replace("encoder.bn1.weight", "encoder.gn1.weight");
        Files.writeString(file, other, StandardCharsets.ISO_8859_1);
        Outcome outcome = evaluate("reference");
        assertEquals(2, outcome.exitCode(), outcome.errors());
        assertTrue(
                outcome.errors()
                        .contains(
                                "state_dict.safetensors: tensor encoder.gn1.weight: found shape [3], expected no tensor"
                                        + " of this name in the model"),
                outcome.errors());
    }

    private Outcome evaluate(String backend) throws Exception {
        return InProcess.in(folder)
                .run(
                        "evaluate",
                        "--config",
                        "./tiny.json",
                        "--set",
                        "model.channels=[3,4]",
                        "--set",
                        "model.hidden=6",
                        "--weights",
                        "./state_dict.safetensors",
                        "--backend",
                        backend,
                        "--json");
    }
}
