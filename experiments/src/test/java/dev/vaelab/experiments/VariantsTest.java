package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What these parts take from outside follows from the file: how many images there are, noise of their own, what is learned. */
@DisplayName("A training with a variant of the loss or the prior")
final class VariantsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loss.freeBits=0.2",
                "loss.name=beta-tc loss.beta=3",
                "loss.name=info loss.kernel=rbf",
                "loss.name=iwae loss.samples=2 loss.gradient=doubly-reparameterized prior.name=vamp prior.components=3"
            })
    @DisplayName("ends after a resume as if it had not stopped, bit for bit")
    void resumed(String settings) throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
        succeed("train ./tiny.json --out ./at-once", settings);
        succeed("train ./tiny.json --out ./run --set training.epochs=1", settings);
        succeed("train --resume ./run --set training.epochs=2", "");
        for (String file : List.of("config.json", "dataset.json", "result.json", "checkpoints/last.safetensors")) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("at-once").resolve(file)),
                    Files.readAllBytes(folder.resolve("run").resolve(file)),
                    file);
        }
        assertTrue(Files.readString(folder.resolve("run/dataset.json")).contains("\"trainingImages\" : 40"));
    }

    @Test
    @DisplayName("that has pseudo-inputs goes on with another engine, and generates the same images on each")
    void pseudoInputs() throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
        succeed("train ./tiny.json --out ./run --set training.epochs=1", "prior.name=vamp prior.components=3");
        succeed("train --resume ./run --backend djl --set training.epochs=2", "");
        List<byte[]> images = new ArrayList<>();
        for (String backend : List.of("reference", "djl", "dl4j")) {
            succeed("generate ./run --count 4 --seed 3 --image ./" + backend + ".png --backend " + backend, "");
            images.add(Files.readAllBytes(folder.resolve(backend + ".png")));
        }
        assertArrayEquals(images.get(0), images.get(1));
        assertArrayEquals(images.get(0), images.get(2));
    }

    @Test
    @DisplayName("is evaluated with the number of images that it was trained on, whatever it is evaluated on")
    void imagesOfTheTraining() throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
        succeed("train ./tiny.json --out ./run", "loss.name=beta-tc");
        Outcome before = succeed("evaluate ./run --json", "");
        Outcome after = succeed("evaluate ./run --json", "dataset.validation=20");
        assertEquals(before.json().get("mutualInformation"), after.json().get("mutualInformation"));
        assertTrue(before.json().keySet().containsAll(Set.of("totalCorrelation", "dimensionwiseKl")), before.output());
    }

    private Outcome succeed(String command, String settings) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        for (String setting : settings == null || settings.isEmpty() ? new String[0] : settings.split(" ")) {
            arguments.addAll(List.of("--set", setting));
        }
        Outcome outcome = InProcess.in(folder).run(arguments.toArray(String[]::new));
        assertEquals(0, outcome.exitCode(), outcome.errors());
        return outcome;
    }
}
