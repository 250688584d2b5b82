package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Safetensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A run folder that is damaged")
final class DamagedRunTest {
    /** For ever, as far as a test is concerned: a command that opens a pipe never ends. */
    private static final Duration HANGS = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private static SoundRun sound;

    private Path run;

    @BeforeAll
    static void train() throws IOException {
        sound = SoundRun.train(folder);
    }

    @BeforeEach
    void copy() throws IOException {
        run = folder.resolve("damaged");
        sound.copyTo(run);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metrics.jsonl | \"epoch\":2 | \"epoch\":1 | line 2: epoch: found 1 after epoch 1",
                "metrics.jsonl | \"epoch\":1, | \"epoch\":3, | line 2: epoch: found 2 after epoch 3",
                "metrics.jsonl | \"epoch\":1, | \"epoch\":\"1\", | line 1: found for epoch a value of the wrong kind",
                "metrics.jsonl | \"epoch\":1, | '' | line 1: found",
                "metrics.jsonl | \"best\":true | \"best\":null | line 1: found",
                "metrics.jsonl | \"validationLoss\": | \"validationLoss\":null,\"unknown\": | line 1: found for unknown a key that",
                "metrics.jsonl | \"epoch\":1, | \"epoch\":0, | line 1: epoch: found 0",
                "result.json | \"bestEpoch\" : | \"bestEpoch\" : 7, \"epoch\" : | result.json: found for epoch a key that",
                "result.json | \"seed\" : 7 | \"seed\" : \"seven\" | result.json: found for seed a value of the wrong kind",
                "result.json | \"epochs\" : 2 | \"epochs\" : 1e400 | result.json: found",
                "result.json | \"epochs\" : 2 | \"epochs\" : 0 | of 0 as the best, expected one of the epochs of the run",
                "provenance.json | \"machine\" | \"Machine\" | provenance.json: found for Machine a key that",
                "provenance.json | \"program\" : | \"program\" : null, \"backend\" : | provenance.json: found",
                "provenance.json | \"epoch\" : 1 | \"epoch\" : -1 | provenance.json: from: found epoch -1"
            })
    @DisplayName(
            "is listed with what is wrong in which file beside the sound ones, and refused by diff, report and resume")
    void records(String file, String before, String after, String expected) throws IOException {
        replace(file, before, after);
        requireListed(expected);
        requireRefused(expected, InProcess.run("diff", folder.resolve("sound").toString(), run.toString()));
        requireRefused(expected, InProcess.run("report", run.toString()));
        if (!file.equals("result.json")) {
            // The result is what a resume makes anew.
            requireRefused(expected, InProcess.run("train", "--resume", run.toString()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config.json | \"latent\": 2 | \"latent\": null | config.json:14:15 model.latent: found null",
                "config.json | \"latent\": 2 | \"latent\": \"2\" | config.json:14:15 model.latent: found text",
                "config.json | \"latent\": 2, | '' | decoder.fc1.weight: found shape [4, 2], expected shape [4, 20]",
                "config.json | \"name\": \"tiny\", | '' | config.json:1:1 name: found nothing",
                "dataset.json | \"height\" : 8 | \"height\" : null | dataset.json: found for image.height nothing",
                "dataset.json | \"height\" : 8 | \"height\" : -8 | dataset.json: found for image a value that cannot be",
                "dataset.json | \"classes\" : [ ] | \"classes\" : [ null ] | dataset.json: found nothing where something",
                "dataset.json | \"image\" | \"picture\" | dataset.json: found for picture a key that is not known",
                "latent.json | \"images\" : 8 | \"images\" : 0 | latent.json: found a value that cannot be (statistics of 0",
                "latent.json | \"kl\" : | \"kl\" : \"some\", \"x\" : | latent.json: found for dimensions[0].kl a value of the wrong",
                "latent.json | \"kl\" : | \"kl\" : 1e999, \"x\" : | latent.json: found for dimensions[0].kl a value of the wrong",
                "latent.json | \"varianceOfMeans\" : 0 | \"varianceOfMeans\" : -0 | latent.json: found for dimensions[0] a value that",
                "latent.json | \"activeUnits\" | \"active\" | latent.json: found for active a key that is not known here"
            })
    @DisplayName("is not explored, and explore says what is wrong in which file, with the images and without")
    void explored(String file, String before, String after, String expected) throws IOException {
        replace(file, before, after);
        if (file.equals("latent.json")) {
            requireExplored();
        } else {
            requireRefused(expected, InProcess.explore(run.toString()));
        }
        loseImages();
        requireRefused(expected, InProcess.explore(run.toString()));
    }

    @Test
    @DisplayName("is explored if nothing is wrong but records that explore does not read, or the page has no map")
    void exploredAllTheSame() throws IOException {
        for (String file : List.of("metrics.jsonl", "result.json", "provenance.json", "latent-map.json")) {
            Files.writeString(run.resolve(file), "{ nonsense");
        }
        Files.delete(run.resolve("checkpoints/last.safetensors"));
        requireExplored();
        loseImages();
        requireExplored();
        Files.delete(run.resolve("latent.json"));
        requireExplored();
    }

    /** The images of the run are where nobody finds them. */
    private void loseImages() throws IOException {
        for (String file : List.of("config.json", "dataset.json")) {
            String text = Files.readString(run.resolve(file));
            Files.writeString(
                    run.resolve(file),
                    text.replace(
                            folder.resolve("images").toString(),
                            folder.resolve("gone").toString()));
        }
    }

    private void replace(String file, String before, String after) throws IOException {
        String text = Files.readString(run.resolve(file));
        assertTrue(text.contains(before), text);
        int place = text.indexOf(before);
        Files.writeString(
                run.resolve(file), text.substring(0, place) + after + text.substring(place + before.length()));
    }

    private void requireExplored() {
        Outcome explored = InProcess.explore(run.toString());
        assertTrue(
                explored.errors().endsWith("error: standard output cannot be written to (No space left on device)"),
                explored.errors());
        assertEquals(1, explored.exitCode());
    }

    @ParameterizedTest
    @CsvSource({
        "config.json, found",
        "provenance.json, found",
        "metrics.jsonl, found",
        "result.json, found",
        "run.lock, found",
        "checkpoints/best.safetensors, ''",
        "checkpoints/last.safetensors, ''"
    })
    @DisplayName(
            "with a pipe, a link to an endless device, a folder, or a link to nothing in the place of a file says so")
    void noFile(String file, String listed) throws Exception {
        for (Imposter imposter : Imposter.values()) {
            imposter.replace(run.resolve(file));
            assertTimeoutPreemptively(
                    HANGS, () -> requireTold(file, imposter.words, listed), () -> file + " is " + imposter);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "dataset.json", "latent.json", "checkpoints/best.safetensors"})
    @DisplayName("with such a thing in the place of a file is not explored, and explore says so")
    void nothingToExplore(String file) throws Exception {
        loseImages();
        for (Imposter imposter : Imposter.values()) {
            imposter.replace(run.resolve(file));
            assertTimeoutPreemptively(
                    HANGS,
                    () -> requireRefused(file + ": found ", InProcess.explore(run.toString())),
                    () -> file + " is " + imposter);
        }
    }

    /** What may be in the place of a file and is none. */
    private enum Imposter {
        FOLDER("a folder") {
            @Override
            void make(Path place) throws IOException {
                Files.createDirectory(place);
            }
        },
        LINK_TO_NOTHING("a link to nothing") {
            @Override
            void make(Path place) throws IOException {
                Files.createSymbolicLink(place, Path.of("nothing"));
            }
        },
        ENDLESS_DEVICE("a pipe or a device") {
            @Override
            void make(Path place) throws IOException {
                Path zero = Path.of("/dev/zero");
                assumeTrue(Files.exists(zero), "no endless device here");
                Files.createSymbolicLink(place, zero);
            }
        },
        PIPE("a pipe or a device") {
            @Override
            void make(Path place) throws IOException, InterruptedException {
                assumeTrue(
                        new ProcessBuilder("mkfifo", place.toString()).start().waitFor() == 0, "no pipes here");
            }
        };

        private final String words;

        Imposter(String words) {
            this.words = words;
        }

        abstract void make(Path place) throws IOException, InterruptedException;

        void replace(Path file) throws IOException, InterruptedException {
            Files.delete(file);
            make(file);
        }
    }

    private void requireTold(String file, String kind, String listed) {
        String said = file + ": found " + kind;
        Outcome runs = InProcess.runOnAnything("runs", folder.toString());
        assertEquals(0, runs.exitCode(), runs.errors());
        assertTrue(runs.output().contains(folder + "/sound "), runs.output());
        assertTrue(listed.isEmpty() || runs.output().contains(said), runs.output());
        Outcome resumed = InProcess.runOnAnything("train", "--resume", run.toString());
        assertEquals(2, resumed.exitCode(), resumed.errors());
        assertTrue(resumed.errors().contains(said) || file.equals("config.json"), resumed.errors());
        for (List<String> command : List.of(
                List.of("diff", folder.resolve("sound").toString(), run.toString()),
                List.of("report", run.toString()),
                List.of("evaluate", run.toString()))) {
            InProcess.runOnAnything(command.toArray(new String[0]));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"best", "last"})
    @DisplayName("in the metadata of a checkpoint of before is told with the key")
    void metadata(String name) throws IOException {
        Path file = run.resolve("checkpoints/" + name + ".safetensors");
        Safetensors content = Safetensors.read(file);
        Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
        metadata.keySet().removeIf(key -> key.startsWith("vaelab.sha256") || key.equals("vaelab.format"));
        metadata.replace("vaelab.best.loss", "NaN");
        new Safetensors(content.tensors(), metadata).write(file);
        Outcome resumed = InProcess.runOnAnything("train", "--resume", run.toString(), "--quiet");
        if (name.equals("best")) {
            assertEquals(0, resumed.exitCode(), resumed.errors());
        } else {
            assertEquals(2, resumed.exitCode(), resumed.errors());
            assertTrue(
                    resumed.errors()
                            .contains(file + ": metadata vaelab.best.loss: found NaN, expected a validation loss"),
                    resumed.errors());
        }
    }

    @Test
    @DisplayName("at its best checkpoint is not resumed to its end only to fail there, and says how it can be mended")
    void bestIsCheckedFirst() throws IOException {
        Path best = run.resolve("checkpoints/best.safetensors");
        byte[] damaged = sound.content("checkpoints/best.safetensors").clone();
        damaged[damaged.length - 1] ^= 1;
        Files.write(best, damaged);
        Outcome resumed = InProcess.run("train", "--resume", run.toString(), "--quiet", "--set", "training.epochs=3");
        assertEquals(2, resumed.exitCode(), resumed.errors());
        assertTrue(resumed.errors().contains("remove the file, and a resume makes it anew"), resumed.errors());
        Files.delete(best);
        Outcome mended = InProcess.run("train", "--resume", run.toString(), "--quiet");
        assertEquals(0, mended.exitCode(), mended.errors());
        assertEquals(-1, Arrays.mismatch(sound.content("checkpoints/best.safetensors"), Files.readAllBytes(best)));
    }

    @Test
    @DisplayName("by lost lines of its metrics is not resumed, as the loss would show only later")
    void lostMetrics() throws IOException {
        Path metrics = run.resolve("metrics.jsonl");
        Files.writeString(metrics, Files.readAllLines(metrics).get(0) + "\n");
        Outcome resumed = InProcess.run("train", "--resume", run.toString());
        requireRefused("metrics.jsonl: found epoch 1 as the last one, expected epoch 2, which is done by", resumed);
        Files.delete(metrics);
        assertEquals(
                0, InProcess.run("train", "--resume", run.toString(), "--quiet").exitCode());
    }

    @Test
    @DisplayName("whose weights overflow ends evaluate with exit code 1, and has null for its figures")
    void notFinite() throws IOException {
        Path best = run.resolve("checkpoints/best.safetensors");
        Safetensors content = Safetensors.read(best);
        Map<String, Tensor> tensors = new LinkedHashMap<>(content.tensors().asMap());
        tensors.replaceAll((name, tensor) -> {
            float[] values = tensor.values().clone();
            Arrays.fill(values, name.endsWith("running_var") ? 1 : Float.MAX_VALUE);
            return new Tensor(tensor.shape(), values);
        });
        new Safetensors(new NamedTensors(tensors), content.metadata()).writeWithChecksums(best);
        Outcome evaluated = InProcess.run("evaluate", run.toString(), "--json");
        assertEquals(1, evaluated.exitCode(), evaluated.errors());
        assertTrue(evaluated.errors().startsWith("error: figures that are not finite: "), evaluated.errors());
        Map<String, Object> json = evaluated.json();
        assertTrue(json.containsKey("total"), evaluated.output());
        assertEquals(null, json.get("total"));
        assertTrue(json.get("error").toString().startsWith("figures that are not finite"), evaluated.output());
        Outcome plain = InProcess.run("evaluate", run.toString());
        assertEquals(1, plain.exitCode());
        assertFalse(plain.output().contains("NaN"), plain.output());
    }

    @Test
    @DisplayName("in one part of a sweep leaves the others their reports, and is told of")
    void sweep() throws IOException {
        Path path = folder.resolve("sweep-of-two");
        Files.createDirectories(path);
        for (String name : List.of("seed=1", "seed=2")) {
            sound.copyTo(path.resolve(name));
            Files.deleteIfExists(path.resolve(name).resolve("report.html"));
        }
        String result = Files.readString(run.resolve("result.json"));
        String config = Files.readString(run.resolve("config.json"));
        Files.writeString(
                path.resolve("sweep.json"), """
                {"name": "two", "jobs": 1, "keys": ["seed"], "runs": [
                  {"name": "seed=1", "settings": {"seed": 1}, "objective": "bce", "status": "finished", "best": true,
                   "result": RESULT, "config": CONFIG},
                  {"name": "seed=2", "settings": {"seed": 2}, "objective": "bce", "status": "finished", "best": false,
                   "result": RESULT, "config": CONFIG}]}
                """.replace("RESULT", result).replace("CONFIG", config));
        Files.writeString(path.resolve("seed=1/provenance.json"), "{}");
        Outcome reported = InProcess.runOnAnything("report", path.toString());
        requireRefused("seed=1/provenance.json: found", reported);
        assertTrue(Files.exists(path.resolve("seed=2/report.html")), "the sound one");
        assertTrue(Files.exists(path.resolve("sweep.html")), "the page of the sweep");
    }

    private void requireListed(String expected) {
        Outcome runs = InProcess.runOnAnything("runs", folder.toString());
        assertEquals(0, runs.exitCode(), runs.errors());
        assertTrue(runs.output().contains(expected), runs.output());
        assertTrue(
                runs.output()
                        .lines()
                        .anyMatch(line -> line.startsWith(folder + "/sound ") && line.endsWith("finished")),
                runs.output());
    }

    private static void requireRefused(String expected, Outcome outcome) {
        assertEquals(2, outcome.exitCode(), outcome.errors());
        assertTrue(outcome.errors().contains(expected), outcome.errors());
    }
}
