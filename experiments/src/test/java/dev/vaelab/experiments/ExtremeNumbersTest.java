package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Numbers beyond what a machine computes with")
final class ExtremeNumbersTest {
    private static final List<String> NUMBERS = List.of(
            "1e39",
            "1e300",
            "-1e300",
            "1e-46",
            "1e-300",
            "-1e-300",
            "1e400",
            "-1e400",
            "1e-400",
            ".nan",
            ".inf",
            "-0.5",
            "-1",
            "0.5",
            "2147483647",
            "2147483648",
            "-2147483649",
            "4294967297",
            "9223372036854775808",
            "1e19");

    /** Under which choice a key means something. */
    private static final Map<String, List<String>> CHOICES = Map.ofEntries(
            Map.entry("loss.alpha", List.of("loss.name=beta-tc")),
            Map.entry("loss.bandwidth", List.of("loss.name=info")),
            Map.entry("loss.gamma", List.of("loss.name=beta-tc")),
            Map.entry("loss.lambda", List.of("loss.name=info")),
            Map.entry("loss.samples", List.of("loss.name=iwae")),
            Map.entry("loss.variance", List.of("loss.reconstruction=mse")),
            Map.entry("prior.components", List.of("prior.name=mixture")),
            Map.entry("training.optimizer.momentum", List.of("training.optimizer.name=sgd")),
            Map.entry("training.optimizer.weightDecay", List.of("training.optimizer.name=adamw")),
            Map.entry("training.schedule.every", List.of("training.schedule.name=step")),
            Map.entry("training.schedule.factor", List.of("training.schedule.name=step")));

    /** With which nobody computes on an engine. */
    private static final List<String> OF_JAVA =
            List.of("training.earlyStopping.minDelta", "seed", "dataset.validation");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws IOException {
        TinyExperiment.writeForAnyFolder(folder);
    }

    /** Each key of the schema that has a number, lists of numbers included. */
    private static Stream<String> numericKeys() {
        List<String> keys = new ArrayList<>();
        collect(JsonText.read(InProcess.run("schema").output(), Map.class), "", keys);
        assertTrue(keys.containsAll(CHOICES.keySet()), keys::toString);
        // Of pictures, which this experiment does not have.
        keys.removeIf(key -> key.startsWith("dataset.size"));
        return keys.stream().distinct();
    }

    private static void collect(Map<?, ?> schema, String place, List<String> keys) {
        if ("number".equals(schema.get("type")) || "integer".equals(schema.get("type"))) {
            keys.add(place);
        }
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach(
                    (key, rule) -> collect((Map<?, ?>) rule, place.isEmpty() ? "" + key : place + "." + key, keys));
        }
        // The layers of a list have a test of their own.
        if (schema.get("items") instanceof Map<?, ?> items && !place.matches("model.(en|de)coder")) {
            collect(items, place + "[]", keys);
        }
        for (String alternatives : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.get(alternatives) instanceof List<?> list && !place.matches("model.(en|de)coder")) {
                list.forEach(rule -> collect((Map<?, ?>) rule, place, keys));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("numericKeys")
    @DisplayName("are refused in each key before anything starts, unless float32 and the machine have them")
    void keys(String key) {
        String plain = key.replace("[]", "");
        for (String number : NUMBERS) {
            List<String> command = new ArrayList<>(List.of("validate", "./tiny.json"));
            CHOICES.getOrDefault(plain, List.of()).forEach(choice -> command.addAll(List.of("--set", choice)));
            command.addAll(List.of("--set", plain + "=" + (key.endsWith("[]") ? "[" + number + "]" : number)));
            Outcome outcome = InProcess.in(folder).run(command.toArray(String[]::new));
            String said = plain + "=" + number + ": " + outcome;
            assertFalse(outcome.errors().contains("this should not have happened"), said);
            if (outcome.exitCode() == 0) {
                requireComputable(plain, number, said);
                continue;
            }
            assertEquals(2, outcome.exitCode(), said);
            String object = plain.replaceFirst("\\.[^.]*$", "");
            assertTrue(outcome.errors().contains(plain) || outcome.errors().contains(object), said);
        }
    }

    private static void requireComputable(String key, String number, String said) {
        double value = Double.parseDouble(number);
        boolean finite = Float.isFinite((float) value);
        boolean lost = value != 0 && (float) value == 0;
        assertTrue(OF_JAVA.contains(key) || finite && !lost, said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "latent: 2147483647 | model.latent",
                "latent: 100000000 | model.latent",
                "hidden: 1000000000 | model.hidden",
                "hidden: 2147483647 | model.hidden",
                "'channels: [100000, 100000]' | model.channels",
                "'channels: [2147483647]' | model.channels",
                "'channels: [2147483647, 2147483647, 2147483647]' | model.channels",
                "'network: mlp, hidden: [2147483647]' | model.hidden",
                "'network: mlp, hidden: [100000, 100000]' | model.hidden",
                "'network: mlp, hidden: [1000000000, 1000000000, 1000000000]' | model.hidden",
                "'network: mlp, hidden: 2147483647' | model.hidden",
                "'network: mlp, latent: 2147483647' | model.latent"
            })
    @DisplayName("are told of sizes that no array or machine has, with the key that is too large")
    void sizes(String model, String key) throws IOException {
        Outcome outcome = validated("model: {" + model + "}");
        assertEquals(2, outcome.exitCode(), outcome.errors());
        assertTrue(outcome.errors().contains(" " + key + ": found "), outcome.errors());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ convolution: 2147483647, kernel: 3 }",
                "{ convolution: 2, kernel: 2147483647 }",
                "{ convolution: 2, kernel: 2147483647, padding: 2147483647 }",
                "{ convolution: 2, kernel: 1, padding: 2147483647 }",
                "{ convolution: 2, kernel: 1, padding: 1073741824 }",
                "{ convolution: 2, kernel: 1, padding: 1073741823, stride: 2147483647 }",
                "{ convolution: 2, kernel: 1, padding: 1073741000, stride: 2147480000 }",
                "{ convolution: 2, kernel: 65536, padding: 40000 }",
                "{ convolution: 2, kernel: 1e300 }",
                "{ convolution: 2, kernel: 3, stride: 1e39 }",
                "{ transposedConvolution: 2147483647, kernel: 3 }",
                "{ transposedConvolution: 2, kernel: 2147483647 }",
                "{ transposedConvolution: 2, kernel: 3, stride: 2147483647 }",
                "{ transposedConvolution: 2, kernel: 3, stride: 2147483647, outputPadding: 2147483646 }",
                "{ transposedConvolution: 2, kernel: 65536, padding: 2147483647 }",
                "{ linear: 2147483647 }",
                "{ reshape: [2147483647, 2147483647, 2147483647] }",
                "{ reshape: [65536, 65536, 1] }",
                "{ reshape: [-1, -64, 1] }"
            })
    @DisplayName("are told of layers, with the layer, be it the encoder's or the decoder's")
    void layers(String layer) throws IOException {
        Outcome encoder = validated(
                "model:",
                "  latent: 2",
                "  encoder:",
                "    - flatten",
                "    - " + layer,
                "  decoder:",
                "    - { linear: 64 }",
                "    - { reshape: [1, 8, 8] }");
        if (!layer.contains("onvolution")) {
            requireLayer(encoder, "model.encoder[1]");
        }
        requireLayer(
                validated(
                        "model:",
                        "  latent: 2",
                        "  encoder:",
                        "    - " + layer,
                        "  decoder:",
                        "    - { linear: 64 }",
                        "    - { reshape: [1, 8, 8] }"),
                "model.encoder[0]");
        requireLayer(
                validated(
                        "model:",
                        "  latent: 2",
                        "  encoder:",
                        "    - flatten",
                        "  decoder:",
                        "    - { linear: 64 }",
                        "    - { reshape: [1, 8, 8] }",
                        "    - " + layer),
                "model.decoder[2]");
    }

    private static void requireLayer(Outcome outcome, String layer) {
        assertEquals(2, outcome.exitCode(), outcome::toString);
        assertTrue(outcome.errors().contains(" " + layer), outcome.errors());
        assertFalse(outcome.errors().contains("this should not have happened"), outcome.errors());
    }

    @Test
    @DisplayName("are told of the latents of a loss and the parts of a prior, which take memory for each image")
    void parts() throws IOException {
        for (String part : List.of(
                "loss: { name: iwae, samples: 2147483647 }",
                "loss: { name: iwae, samples: 1000000000 }",
                "prior: { name: mixture, components: 2147483647 }",
                "prior: { name: mixture, components: 1000000000 }",
                "prior: { name: vamp, components: 2147483647 }",
                "prior: { name: vamp, components: 1000000000 }")) {
            Outcome outcome = validated(part);
            assertEquals(2, outcome.exitCode(), part + ": " + outcome);
            assertFalse(outcome.errors().contains("this should not have happened"), outcome.errors());
        }
    }

    private static Outcome validated(String... lines) throws IOException {
        Files.writeString(
                folder.resolve("extreme.yaml"),
                "name: extreme\nbackend: reference\ndataset: {name: idx, path: " + folder.resolve("images")
                        + ", validation: 8}\ntraining: {epochs: 1, batchSize: 8}\n" + String.join("\n", lines) + "\n");
        return InProcess.in(folder).run("validate", "./extreme.yaml");
    }
}
