package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Safetensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Weights from elsewhere")
final class WeightsFromElsewhereTest {
    @TempDir
    private static Path folder;

    private static Map<String, Tensor> weights;

    @BeforeAll
    static void train() throws IOException {
        SoundRun.train(folder);
        weights = Safetensors.read(folder.resolve("sound/checkpoints/best.safetensors"))
                .tensors()
                .asMap();
    }

    @ParameterizedTest
    @ValueSource(strings = {"module.", "_orig_mod.", "model.", "module._orig_mod."})
    @DisplayName("with what a wrapper puts before every name give the same figures, with a note")
    void wrapped(String prefix) throws IOException {
        Map<String, Tensor> wrapped = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> wrapped.put(prefix + name, tensor));
        Outcome plain = evaluate(weights);
        Outcome found = evaluate(wrapped);
        assertEquals(0, found.exitCode(), found.errors());
        assertEquals(plain.json(), found.json());
        assertEquals("", plain.errors());
        assertEquals(
                "note: every name in " + file() + " begins with " + prefix + ", which is left out", found.errors());
    }

    @Test
    @DisplayName("may be the whole state of a training, of which the weights are taken that it is evaluated by")
    void wholeState() {
        Path last = folder.resolve("sound/checkpoints/last.safetensors");
        String config = folder.resolve("sound/config.json").toString();
        Outcome found = InProcess.run("evaluate", "--config", config, "--weights", last.toString(), "--json");
        assertEquals(0, found.exitCode(), found.errors());
        assertEquals(
                "note: " + last
                        + " is the whole state of a training, of which the weights are taken that it is evaluated by",
                found.errors());
        Outcome best = InProcess.run(
                "evaluate",
                "--config",
                config,
                "--weights",
                folder.resolve("sound/checkpoints/best.safetensors").toString(),
                "--json");
        assertEquals(best.json().get("total"), found.json().get("total"));
    }

    @Test
    @DisplayName("with the prefix before some names only are refused")
    void partlyWrapped() throws IOException {
        Map<String, Tensor> wrapped = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> wrapped.put(name.endsWith("bias") ? name : "module." + name, tensor));
        Outcome found = evaluate(wrapped);
        assertEquals(2, found.exitCode(), found.errors());
        assertTrue(found.errors().contains("tensor module.encoder.conv1.weight: found shape"), found.errors());
    }

    @Test
    @DisplayName("with a negative running variance are refused, and no figure is printed")
    void negativeVariance() throws IOException {
        Map<String, Tensor> negative = new LinkedHashMap<>(weights);
        negative.computeIfPresent(
                "encoder.bn1.running_var", (name, tensor) -> new Tensor(tensor.shape(), new float[] {0.5f, -1}));
        Outcome found = evaluate(negative);
        assertEquals(2, found.exitCode(), found.errors());
        assertEquals(
                "error: " + file()
                        + ": tensor encoder.bn1.running_var: found -1.0 at index 1, expected variances, which"
                        + " are not negative",
                found.errors());
    }

    private static Path file() {
        return folder.resolve("elsewhere.safetensors");
    }

    private static Outcome evaluate(Map<String, Tensor> tensors) throws IOException {
        new Safetensors(new NamedTensors(tensors), Map.of()).write(file());
        return InProcess.run(
                "evaluate",
                "--config",
                folder.resolve("sound/config.json").toString(),
                "--weights",
                file().toString(),
                "--json");
    }
}
