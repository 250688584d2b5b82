package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Pictures, pages and event files")
final class ExtrasOfTrainingTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"reference", "dl4j", "djl"})
    @DisplayName("change neither result nor exit code when none of them can be written, and the local record is whole")
    void cannotBeWritten(String backend) throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
        succeed("train", "./tiny.json", "--backend", backend, "--set", "training.epochs=1", "--out", "./all");
        Path all = folder.resolve("all");
        Path none = folder.resolve("none");
        Folders.copy(all, none);
        succeed("train", "--resume", "./all", "--set", "training.epochs=2", "--set", "logging.tensorboard=true");

        for (String extra : List.of("images", "report.html", "latent.json", "latent-map.json", "latent-map.png")) {
            Folders.remove(none.resolve(extra));
        }
        Files.writeString(none.resolve("images"), "in the way");
        Files.writeString(none.resolve("tensorboard"), "in the way");
        for (String file : List.of("report.html", "latent.json", "latent-map.png")) {
            Files.createDirectories(none.resolve(file).resolve("in the way"));
        }
        String warnings = succeed(
                "train", "--resume", "./none", "--set", "training.epochs=2", "--set", "logging.tensorboard=true");

        for (String file :
                List.of("checkpoints/best.safetensors", "checkpoints/last.safetensors", "result.json", "config.json")) {
            assertArrayEquals(Files.readAllBytes(all.resolve(file)), Files.readAllBytes(none.resolve(file)), file);
        }
        assertEquals(2, Files.readAllLines(none.resolve("metrics.jsonl")).size());
        assertTrue(Files.exists(none.resolve("provenance.json")));
        assertEquals(
                List.of(
                        "warning: no events for TensorBoard: cannot write none/tensorboard/events.out.tfevents.",
                        "warning: no latent map: cannot write none/latent-map.png: ",
                        "warning: no latent statistics: cannot write none/latent.json: ",
                        "warning: no pictures of the epochs: cannot write none/images/epochs/samples-002.png: ",
                        "warning: no pictures: cannot write none/images/reconstructions.png: ",
                        "warning: no report: none/latent.json: "),
                warnings.lines()
                        .filter(line -> line.startsWith("warning"))
                        .map(line -> line.replaceFirst("(tfevents\\.|: (?=[^:]*$)).*", "$1"))
                        .sorted()
                        .toList(),
                warnings);
    }

    @Test
    @DisplayName("are made anew by report, byte for byte, but for a run without a checkpoint, which gets a page only")
    void report() throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
        succeed("train", "./tiny.json", "--out", "./run");
        Path run = folder.resolve("run");
        List<String> extras = List.of(
                "report.html",
                "latent.json",
                "latent-map.json",
                "latent-map.png",
                "images/reconstructions.png",
                "images/samples.png",
                "images/interpolations.png",
                "images/manifold.png",
                "images/latent-space.png");
        List<byte[]> first =
                extras.stream().map(extra -> bytes(run.resolve(extra))).toList();
        for (String extra : extras) {
            Files.delete(run.resolve(extra));
        }
        assertEquals(
                "report: run/report.html",
                InProcess.in(folder).run("report", "./run").output());
        for (int index = 0; index < extras.size(); index++) {
            assertArrayEquals(first.get(index), bytes(run.resolve(extras.get(index))), extras.get(index));
        }

        for (String extra : List.of("checkpoints", "images")) {
            Folders.remove(run.resolve(extra));
        }
        Outcome page = InProcess.in(folder).run("report", "./run", "--json");
        assertEquals(0, page.exitCode(), page.errors());
        assertEquals("run/report.html", page.json().get("report"));
        assertTrue(Files.size(run.resolve("report.html")) < first.get(0).length);
    }

    @Test
    @DisplayName("that report cannot write are a failure with exit code 1")
    void reportFails() throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
        succeed("train", "./tiny.json", "--out", "./run");
        Folders.remove(folder.resolve("run/images"));
        Files.writeString(folder.resolve("run/images"), "in the way");
        Outcome outcome = InProcess.in(folder).run("report", "./run");
        assertEquals(1, outcome.exitCode(), outcome.errors());
        assertTrue(
                outcome.errors().startsWith("error: no pictures: cannot write run/images/reconstructions.png: "),
                outcome.errors());
    }

    private String succeed(String... arguments) throws Exception {
        Outcome outcome = InProcess.in(folder).run(arguments);
        assertEquals(0, outcome.exitCode(), outcome.errors());
        return outcome.errors();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
