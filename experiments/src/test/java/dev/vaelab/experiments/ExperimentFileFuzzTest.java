package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.cli.Main;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.testkit.fuzz.ByteMutation;
import dev.vaelab.testkit.fuzz.FuzzInput;
import dev.vaelab.testkit.fuzz.Fuzzing;
import dev.vaelab.testkit.fuzz.JsonMutation;
import dev.vaelab.testkit.fuzz.Mutation;
import dev.vaelab.testkit.fuzz.TextMutation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Any experiment or sweep file")
@Tag(Fuzzing.TAG)
final class ExperimentFileFuzzTest {
    private static final String EXPERIMENT = """
            {
              "name": "fuzz", "seed": 3, "backend": "reference",
              "dataset": { "name": "idx", "path": "DATA", "validation": 5, "train": 16, "test": 4, "binarization": "none" },
              "model": { "latent": 2, "channels": [2, 3], "hidden": 4 },
              "loss": { "reconstruction": "mse", "variance": 0.3, "beta": 1.5, "betaWarmup": 1 },
              "training": {
                "epochs": 1, "batchSize": 8, "clipNorm": 2.5,
                "optimizer": { "name": "adamw", "learningRate": 1e-3, "weightDecay": 0.01 },
                "schedule": { "name": "step", "every": 1, "factor": 0.5 },
                "earlyStopping": { "patience": 2, "minDelta": 0.1 }
              },
              "logging": { "tensorboard": false }
            }
            """;

    private static final String YAML = """
            # The same in the other language.
            name: fuzz
            backend: reference
            dataset: {name: idx, path: 'DATA', validation: 5}
            model:
              channels:
                - 2
                - 3
              latent: 2
            training:
              epochs: 1
              batchSize: 7
              optimizer: {name: sgd, momentum: .5}
            """;

    private static final String SWEEP = """
            {
              "name": "sweep", "experiment": "base.json",
              "grid": { "seed": [1, 2], "model.channels": [[2], [2, 3]] },
              "runs": [ { "model.latent": 1, "training.batchSize": 5 }, { "model.latent": 3, "loss.beta": 4 } ]
            }
            """;

    /** What no input may lead to. */
    private static final List<String> NEVER =
            List.of("this should not have happened", "the engine or the Java machine failed", "out of memory", "\tat ");

    private static final Pattern NUMBER = Pattern.compile("(?<=[:\\[ ,])-?[0-9][0-9.e-]*");
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "2",
            "3",
            "5",
            "7",
            "8",
            "15",
            "16",
            "17",
            "31",
            "-1",
            "0.5",
            "1e3",
            "2147483647",
            "2147483648",
            "1e45",
            "1e-45",
            "1e-12",
            "1e12",
            "1e300",
            "1e999",
            "1e-999",
            "null",
            "100000",
            "1000000000",
            "0.9999999999");

    @TempDir
    private Path folder;

    @BeforeEach
    void writeData() throws IOException {
        IdxFolder.write(folder.resolve("data"), 8, 8, 24, 6);
        Files.writeString(folder.resolve("base.json"), text(EXPERIMENT));
    }

    @Test
    @DisplayName("is valid, or has problems that are told line by line with exit code 2")
    void validate() {
        Fuzzing.of("experiment-files")
                .seed("experiment.json", bytes(EXPERIMENT))
                .seed("experiment.yaml", bytes(YAML))
                .seed("sweep.json", bytes(SWEEP))
                .mutations(TextMutation.values())
                .mutations(ByteMutation.values())
                .mutations(numbers())
                .rounds(250)
                .run(this::requireVerdict);
    }

    @Test
    @DisplayName("of JSON whose structure is changed is valid or has problems, too")
    void structure() {
        Fuzzing.of("experiment-structures")
                .seed("experiment.json", bytes(EXPERIMENT))
                .seed("sweep.json", bytes(SWEEP))
                .mutations(JsonMutation.values())
                .rounds(250)
                .run(this::requireVerdict);
    }

    /** What is called valid has to train: the numbers of a file are what decides it. */
    @Test
    @DisplayName("that is valid, and small enough to wait for it, trains to its end")
    void validTrains() {
        Fuzzing.of("experiment-numbers")
                .seed("experiment.json", bytes(EXPERIMENT))
                .seed("experiment.yaml", bytes(YAML))
                .mutations(numbers())
                .rounds(60)
                .run(this::requireTraining);
    }

    private Verdict requireVerdict(FuzzInput input) throws IOException {
        Path file = write(input);
        Verdict verdict = run("validate", file.toString(), "--json");
        assertTrue(verdict.exitCode == 0 || verdict.exitCode == 2, verdict::toString);
        NEVER.forEach(words -> assertFalse(verdict.errors.contains(words) || verdict.output.contains(words), words));
        Map<?, ?> json = JsonText.read(verdict.output, Map.class);
        assertEquals(verdict.exitCode == 0, json.get("valid"), verdict::toString);
        assertTrue(verdict.errors.lines().allMatch(line -> line.matches("\\P{Cntrl}*")), verdict::toString);
        assertEquals(verdict.exitCode == 2, verdict.errors.contains(": found "), verdict::toString);
        return verdict;
    }

    private void requireTraining(FuzzInput input) throws IOException {
        if (requireVerdict(input).exitCode != 0 || !isSmall(input)) {
            return;
        }
        Path file = write(input);
        Path out = Files.createTempDirectory(folder, "run");
        Verdict trained = run("train", file.toString(), "--quiet", "--out", out.toString());
        // Numbers that are right by themselves may still make a loss diverge, which is a failure with a message.
        boolean diverged = trained.exitCode == 1 && trained.errors.contains("loss became");
        assertTrue(trained.exitCode == 0 || diverged, trained::toString);
    }

    private static boolean isSmall(FuzzInput input) {
        String text = new String(input.content(), StandardCharsets.UTF_8);
        return NUMBER.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(number -> number.matches("[0-9]{1,9}"))
                .allMatch(number -> Integer.parseInt(number) <= 31);
    }

    private Path write(FuzzInput input) throws IOException {
        return Files.write(
                folder.resolve(input.name()),
                new String(input.content(), StandardCharsets.ISO_8859_1)
                        .replace("DATA", folder.resolve("data").toString())
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    private String text(String template) {
        return template.replace("DATA", folder.resolve("data").toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Puts one of the numbers that have a way of being special into the place of another. */
    private static Mutation numbers() {
        return (content, random) -> {
            String text = new String(content, StandardCharsets.ISO_8859_1);
            List<MatchResult> found = NUMBER.matcher(text).results().toList();
            if (found.isEmpty()) {
                return content;
            }
            MatchResult replaced = found.get(random.nextInt(found.size()));
            return (text.substring(0, replaced.start()) + number(random) + text.substring(replaced.end()))
                    .getBytes(StandardCharsets.ISO_8859_1);
        };
    }

    private static String number(RandomGenerator random) {
        return NUMBERS.get(random.nextInt(NUMBERS.size()));
    }

    private record Verdict(int exitCode, String output, String errors) {}

    private static Verdict run(String... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int exitCode = Main.run(output, errors, Integer.MAX_VALUE, arguments);
        return new Verdict(exitCode, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    }
}
