package dev.vaelab.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.experiment.Widths;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A sweep file")
class SweepLoaderTest {
    private static final SweepLoader LOADER = new SweepLoader(ExperimentFolder.RULES);

    @TempDir
    private Path temporary;

    private ExperimentFolder folder;

    @BeforeEach
    void writeExperiment() {
        folder = new ExperimentFolder(temporary)
                .with(
                        "base.json",
                        "{\"name\": \"base\", \"backend\": \"djl\", \"dataset\": {\"name\": \"mnist\"},"
                                + " \"model\": {\"hidden\": 64}}");
    }

    @Nested
    @DisplayName("that is right")
    class Right {
        @Test
        @DisplayName("makes a run of every combination of its grid, the last key varying fastest")
        void grid() {
            LoadedSweep sweep = load("sweep.json", """
                    {"name": "s", "experiment": "base.json",
                     "grid": {"seed": [2, 1], "model.latent": [2, 20], "training.epochs": [3]}}
                    """);

            assertEquals("s", sweep.name());
            assertEquals(List.of("seed", "model.latent"), sweep.keys());
            assertEquals(
                    List.of(
                            Map.of("seed", 2L, "model.latent", 2),
                            Map.of("seed", 2L, "model.latent", 20),
                            Map.of("seed", 1L, "model.latent", 2),
                            Map.of("seed", 1L, "model.latent", 20)),
                    settings(sweep));
            assertEquals(20, sweep.combinations().get(1).config().model().latent());
            assertEquals(
                    Widths.of(64), sweep.combinations().get(1).config().model().hidden());
            assertEquals(3, sweep.combinations().get(3).config().training().epochs());
            assertEquals(1, sweep.combinations().get(3).config().seed());
        }

        @Test
        @DisplayName("combines each of its runs with every point of the grid")
        void runsAndGrid() {
            LoadedSweep sweep = load("sweep.json", """
                    {"name": "s", "experiment": "base.json",
                     "runs": [{}, {"model.channels": [8, 16], "model": {"latent": 2}}], "grid": {"seed": [1, 2]}}
                    """);

            assertEquals(List.of("model.channels", "model.latent", "seed"), sweep.keys());
            assertEquals(
                    List.of(
                            Map.of("model.channels", List.of(32, 64), "model.latent", 20, "seed", 1L),
                            Map.of("model.channels", List.of(32, 64), "model.latent", 20, "seed", 2L),
                            Map.of("model.channels", List.of(8, 16), "model.latent", 2, "seed", 1L),
                            Map.of("model.channels", List.of(8, 16), "model.latent", 2, "seed", 2L)),
                    settings(sweep));
        }

        @Test
        @DisplayName("means the same in YAML, and finds its experiment beside itself")
        void yaml() {
            folder.with("elsewhere/other.yaml", "{name: other, dataset: {name: mnist}}");
            String json = """
                    {"$schema": "x", "name": "s", "experiment": "other.yaml", "grid": {"backend": ["djl", "dl4j"]}}
                    """;
            String yaml = "name: s\nexperiment: other.yaml\ngrid:\n  backend: [djl, dl4j]\n";

            LoadedSweep sweep = load("elsewhere/sweep.json", json);

            LoadedSweep same = load("elsewhere/sweep.yml", yaml);
            assertEquals(sweep.keys(), same.keys());
            assertEquals(withoutPlaces(sweep), withoutPlaces(same));
            assertEquals("dl4j", sweep.combinations().get(1).config().backend());
        }

        private static List<Object> withoutPlaces(LoadedSweep sweep) {
            return sweep.combinations().stream()
                    .<Object>map(combination -> List.of(combination.settings(), combination.config()))
                    .toList();
        }

        @Test
        @DisplayName("may leave a key unset in some of its runs, and vary objects as a whole")
        void objects() {
            LoadedSweep sweep = load("sweep.json", """
                    {"name": "s", "experiment": "base.json", "runs": [{}, {"dataset.train": 500}],
                     "grid": {"training": [{"epochs": 1}, {"epochs": 2, "batchSize": 7}]}}
                    """);

            assertEquals(List.of("dataset.train", "training.epochs", "training.batchSize"), sweep.keys());
            assertEquals(
                    Map.of("training.epochs", 1, "training.batchSize", 128),
                    sweep.combinations().get(0).settings());
            assertEquals(
                    Map.of("dataset.train", 500, "training.epochs", 2, "training.batchSize", 7),
                    sweep.combinations().get(3).settings());
        }

        @Test
        @DisplayName("of one run tells all that it sets")
        void single() {
            LoadedSweep sweep = load("sweep.json", """
                    {"name": "s", "experiment": "base.json", "runs": [{"seed": 5, "loss.beta": 0.5}]}
                    """);

            assertEquals(List.of(Map.of("seed", 5L, "loss.beta", 0.5)), settings(sweep));
        }

        @Test
        @DisplayName("takes options for every run")
        void options() {
            folder.with("sweep.json", "{\"name\": \"s\", \"experiment\": \"base.json\", \"grid\": {\"seed\": [1, 2]}}");

            LoadedSweep sweep = LOADER.load(
                    temporary.resolve("sweep.json"), List.of("training.epochs=2"), Optional.of("reference"));

            assertEquals(List.of("seed"), sweep.keys());
            assertTrue(sweep.combinations().stream()
                    .allMatch(run -> run.config().training().epochs() == 2
                            && run.config().backend().equals("reference")));
        }

        @Test
        @DisplayName("is told from an experiment by the keys that only it has")
        void isSweep() {
            folder.with("wrong.json", "{\"grid\": 5}").with("broken.json", "{");

            assertTrue(LOADER.isSweep(temporary.resolve("wrong.json")));
            assertFalse(LOADER.isSweep(temporary.resolve("base.json")));
            assertFalse(LOADER.isSweep(temporary.resolve("broken.json")));
            assertFalse(LOADER.isSweep(temporary.resolve("missing.json")));
        }
    }

    @Nested
    @DisplayName("that is wrong")
    class Wrong {
        @Test
        @DisplayName("is reported completely and word for word, each value once however many runs it is in")
        void allAtOnce() {
            folder.with("base.yaml", "name: base\ndataset: {name: mnist, trains: 5}\n");

            assertEquals("""
                    base.yaml:2:24 dataset.trains: found an unknown key; did you mean dataset.train?
                    sweep.json:1:2 nam: found an unknown key; did you mean name?
                    sweep.json:2:22 backend: found text "gpu", expected one of djl, dl4j, reference
                    sweep.json:2:30 latent: found an unknown key; did you mean model.latent?
                    sweep.json:3:13 seed: found text "1", expected a whole number; leave out the quotes
                    sweep.json:3:18 grid.seed[1]: found text "1" a second time, expected each value once
                    sweep.json:3:18 seed: found text "1", expected a whole number; leave out the quotes
                    sweep.json:3:44 grid["training.epochs"]: found 3, expected a list of at least 1 value; put it into brackets
                    sweep.json:4:12 grid.model: found an object, expected a list of at least 1 value; keys are joined by dots \
                    here, as in training.epochs
                    sweep.json:4:48 model.channels: found 32, expected a list of at least 1 item, each a whole number of at \
                    least 1
                    sweep.json:5:3 grid["loss."]: found the key "loss.", expected keys joined by dots, as in training.epochs
                    sweep.json:5:17 grid["model.channels[0]"]: found the key "model.channels[0]", expected keys joined by dots, \
                    as in training.epochs; set whole lists, as in "model.channels": [16, 32]
                    """, problems("""
                    {"nam": "s", "experiment": "base.yaml", "grid": {
                      "backend": ["djl", "gpu"], "latent": [2],
                      "seed": [ "1", "1" ], "training.epochs": 3,
                      "model": {"latent": [2]}, "model.channels": [32],
                      "loss.": [1], "model.channels[0]": [8]}}
                    """));
        }

        @Test
        @DisplayName("may not set one key in two places, options included")
        void twice() {
            assertEquals("""
                    sweep.json:2:41 model.latent: found a key that is set in line 1, too, expected each key in one place
                    sweep.json:2:81 runs[1]["model.latent"]: found the same key a second time, expected each key once
                    sweep.json:2:81 model.latent: found a key that is set in line 1, too, expected each key in one place
                    --set training.epochs: found a key that the sweep sets in line 2, expected a key that it leaves alone
                    """, problems("""
                    {"name": "s", "experiment": "base.json", "grid": {"seed": [1], "model.latent": [2, 3]}, "runs": [
                      {"training": {"epochs": 3}, "model": {"latent": 4}}, {"model": {"latent": 5}, "model.latent": 6}]}
                    """, "training.epochs=5"));
        }

        @Test
        @DisplayName("may not make the same experiment twice")
        void twins() {
            assertEquals("""
                    sweep.json:1:68: found a run that is the same experiment as another one, expected different experiments; \
                    a key that is not set has the value of the experiment file, or its default
                    """, problems("""
                    {"name": "s", "experiment": "base.json", "runs": [{"seed": 1}, {}, {"model.hidden": 64}]}
                    """));
        }

        @Test
        @DisplayName("lacks what neither it nor its experiment says")
        void missing() {
            folder.with("part.json", "{\"name\": \"part\", \"backend\": \"djl\"}");

            assertEquals("""
                    part.json:1:1 dataset: found nothing, expected an object with the keys name, path, split, size, color, \
                    validation, validationFrom, train, test, binarization, binarizationSeed; add this key
                    """, problems("""
                    {"name": "s", "experiment": "part.json", "grid": {"seed": [1, 2]}}
                    """));
        }

        @Test
        @DisplayName("needs a name, an experiment, and something to vary")
        void empty() {
            assertEquals("""
                    sweep.json:1:1 name: found nothing, expected text of at most 100 letters, digits, '.', '_' and '-', the \
                    first a letter or digit; add this key
                    sweep.json:1:1 experiment: found nothing, expected the path of an experiment file; add this key
                    sweep.json:1:10 grid: found an object without keys, expected keys, each with a list of values
                    """, problems("{\"grid\": {}}"));
            assertEquals("""
                    sweep.json:1:1: found neither grid nor runs, expected at least one of them; to try seeds, for example, add \
                    "grid": { "seed": [1, 2] }
                    """, problems("{\"name\": \"s\", \"experiment\": \"base.json\"}"));
            assertEquals("""
                    sweep.json:1:50 runs: found an empty list, expected a list of at least 1 item, each an object
                    """, problems("{\"name\": \"s\", \"experiment\": \"base.json\", \"runs\": []}"));
        }

        @Test
        @DisplayName("names an experiment that is not there with the nearest one that is")
        void noExperiment() {
            assertEquals("""
                    sweep.json:1:29 experiment: found "bas.json" (no such file), expected an experiment file; did you mean \
                    base.json?
                    """, problems("{\"name\": \"s\", \"experiment\": \"bas.json\", \"grid\": {\"seed\": [1]}}"));
        }

        @Test
        @DisplayName("or is an experiment, is answered with what a sweep is")
        void experiment() {
            assertEquals("""
                    sweep.json:1:1: found an object with none of the keys experiment, grid, runs, expected a sweep; an \
                    experiment is swept by a file of its own, which names it: "experiment": "FILE"
                    """, problems("{\"name\": \"base\", \"backend\": \"djl\"}"));
            assertEquals("""
                    sweep.json:1:1: found an empty list, expected an object with the keys of a sweep
                    """, problems("[]"));
        }

        @Test
        @DisplayName("may not have more runs than anyone waits for, and is refused before they are made")
        void tooMany() {
            String values = IntStream.range(1, 1000).mapToObj(Integer::toString).collect(Collectors.joining(","));

            assertEquals(
                    """
                    sweep.json:1:1: found more than 10000 runs, expected at most so many
                    """,
                    problems(("{\"name\": \"s\", \"experiment\": \"base.json\", \"grid\": {\"seed\": [V],"
                                    + " \"model.latent\": [V], \"model.hidden\": [V], \"training.epochs\": [V], \"dataset.train\": [V],"
                                    + " \"dataset.test\": [V], \"training.batchSize\": [V]}}")
                            .replace("V", values)));
        }
    }

    private LoadedSweep load(String name, String text) {
        folder.with(name, text);
        return LOADER.load(temporary.resolve(name), List.of(), Optional.empty());
    }

    private String problems(String text, String... overrides) {
        folder.with("sweep.json", text);
        InvalidInputException failure = assertThrows(
                InvalidInputException.class,
                () -> LOADER.load(temporary.resolve("sweep.json"), List.of(overrides), Optional.empty()));
        return failure.problems().stream()
                .map(problem -> problem + "\n")
                .collect(Collectors.joining())
                .replace(temporary + "/", "");
    }

    private static List<Map<String, Object>> settings(LoadedSweep sweep) {
        return sweep.combinations().stream()
                .map(LoadedSweep.Combination::settings)
                .toList();
    }
}
