package dev.vaelab.testkit.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Safetensors;
import dev.vaelab.api.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A safetensors file with random changes")
@Tag(Fuzzing.TAG)
final class SafetensorsFuzzTest {
    private static final String NAME = "best.safetensors";

    @TempDir
    private Path folder;

    @Test
    @DisplayName("is read or refused, with the file in every problem")
    void withoutChecksums() throws IOException {
        content().write(folder.resolve(NAME));
        fuzzing("safetensors").run(input -> readOrRefuse(input.content()));
    }

    @Test
    @DisplayName("with checksums is refused, or read as it was written")
    void withChecksums() throws IOException {
        content().writeWithChecksums(folder.resolve(NAME));
        Safetensors written = Safetensors.read(folder.resolve(NAME));
        fuzzing("safetensors-checksums").run(input -> {
            Safetensors found = readOrRefuse(input.content());
            if (found != null) {
                assertEquals(written.metadata(), found.metadata());
                written.tensors()
                        .asMap()
                        .forEach((name, tensor) -> assertArrayEquals(
                                tensor.values(), found.tensors().values(name)));
            }
        });
    }

    private Fuzzing fuzzing(String target) throws IOException {
        return Fuzzing.of(target)
                .seed(NAME, Files.readAllBytes(folder.resolve(NAME)))
                .mutations(ByteMutation.values())
                .mutations(SafetensorsHeaderMutation.of(JsonMutation.values()))
                .rounds(3000);
    }

    /** Null if it is refused. */
    private Safetensors readOrRefuse(byte[] content) throws IOException {
        Path file = folder.resolve(NAME);
        Files.write(file, content);
        try {
            return Safetensors.read(file);
        } catch (InvalidInputException e) {
            assertTrue(
                    e.problems().stream().allMatch(problem -> problem.place().startsWith(file.toString())),
                    e::getMessage);
            return null;
        }
    }

    private static Safetensors content() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("encoder.fc.weight", new Tensor(List.of(2, 3), new float[] {1, -2, 3, 0.5f, 0, 7}));
        tensors.put("encoder.fc.bias", new Tensor(List.of(2), new float[] {0.25f, -1}));
        tensors.put("scalar", new Tensor(List.of(), new float[] {4}));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "pt");
        metadata.put("vaelab.epoch", "3");
        metadata.put("vaelab.loss", "97.5");
        return new Safetensors(new NamedTensors(tensors), metadata);
    }
}
