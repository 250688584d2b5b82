package dev.vaelab.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.experiment.Widths;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        @DisplayName("is of an experiment, not of another sweep")
        void ofSweep() {
            folder.with("other.json", "{\"name\": \"o\", \"experiment\": \"base.json\", \"grid\": {\"seed\": [1]}}");

            assertEquals("""
                    sweep.json:1:29 experiment: found text "other.json", which is a sweep, expected an experiment file; a sweep \
                    of a sweep is one sweep with the keys of both
                    """, problems("""
                    {"name": "s", "experiment": "other.json", "grid": {"training.epochs": [1, 2]}}
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
                    sweep.json:1:1: found none of grid, runs and random, expected at least one of them; to try seeds, for example, add \
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
                    sweep.json:1:1: found an object with none of the keys experiment, grid, runs, random, expected a sweep; an \
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

    @Nested
    @DisplayName("with a random search")
    class Random {
        private static final String SEARCH = """
                "random": {
                  "training.optimizer.learningRate": {"logUniform": [1e-4, 0.1]},
                  "loss.beta": {"uniform": [0, 4]},
                  "model.latent": {"intUniform": [2, 64]},
                  "model.hidden": {"intLogUniform": [16, 1024]},
                  "model.channels": {"choice": [[8, 16], [16, 32], [32, 64]]}
                }""";

        private List<Map<String, Object>> trials(int count, String more) {
            return settings(load(
                    "sweep.json",
                    "{\"name\": \"s\", \"experiment\": \"base.json\", \"trials\": " + count + ", " + more + SEARCH
                            + "}"));
        }

        @Test
        @DisplayName("has trials of numbers that a person can read, the same each time and on every machine")
        void draws() {
            assertEquals(
                    List.of(
                            trial(4.04e-4, 1.37, 27, 533, List.of(16, 32)),
                            trial(0.00579, 0.76, 34, 308, List.of(32, 64)),
                            trial(5.38e-4, 2.79, 27, 40, List.of(8, 16))),
                    trials(3, ""));
        }

        private static Map<String, Object> trial(
                double learningRate, double beta, int latent, int hidden, List<Integer> channels) {
            return Map.of(
                    "training.optimizer.learningRate",
                    learningRate,
                    "loss.beta",
                    beta,
                    "model.latent",
                    latent,
                    "model.hidden",
                    hidden,
                    "model.channels",
                    channels);
        }

        @Test
        @DisplayName("with more trials begins with those that it has with fewer; another seed gives others")
        void more() {
            assertEquals(trials(5, ""), trials(20, "").subList(0, 5));
            assertEquals(trials(5, ""), trials(5, "\"seed\": 42, "));
            assertNotEquals(trials(5, ""), trials(5, "\"seed\": 43, "));
        }

        @Test
        @DisplayName("draws the values of a key whatever other keys there are")
        void independent() {
            List<Object> alone = settings(load("sweep.json", """
                            {"name": "s", "experiment": "base.json", "trials": 20,
                             "random": {"loss.beta": {"uniform": [0, 4]}}}
                            """)).stream()
                    .map(trial -> trial.get("loss.beta"))
                    .toList();

            assertEquals(
                    alone,
                    trials(20, "").stream().map(trial -> trial.get("loss.beta")).toList());
        }

        @Test
        @DisplayName("fills its ranges, bounds of whole numbers included, evenly in the number or its logarithm")
        void ranges() {
            List<Map<String, Object>> trials = trials(1000, "");

            for (Map<String, Object> trial : trials) {
                double rate = (Double) trial.get("training.optimizer.learningRate");
                assertTrue(rate >= 1e-4 && rate <= 0.1);
                assertTrue(
                        new BigDecimal(Double.toString(rate))
                                        .stripTrailingZeros()
                                        .precision()
                                <= 3,
                        "" + rate);
            }
            assertEquals(0.5, share(trials, "training.optimizer.learningRate", 10.0e-4 * Math.sqrt(10)), 0.05);
            assertEquals(0.5, share(trials, "loss.beta", 2), 0.05);
            assertEquals(0.5, share(trials, "model.hidden", 128), 0.05);
            assertEquals(1.0 / 63, share(trials, "model.latent", 2), 0.015);
            assertEquals(0, share(trials, "model.latent", 1));
            assertEquals(1, share(trials, "model.latent", 64));
            assertTrue(share(trials, "model.latent", 63) < 1);
        }

        private static double share(List<Map<String, Object>> trials, String key, double most) {
            return trials.stream()
                            .filter(trial -> ((Number) number(trial.get(key))).doubleValue() <= most)
                            .count()
                    / (double) trials.size();
        }

        private static Object number(Object value) {
            return value instanceof List<?> list ? list.get(0) : value;
        }

        @Test
        @DisplayName("is combined with each point of the grid and each run of the list: the same trials for all")
        void withGrid() {
            LoadedSweep sweep = load("sweep.json", """
                    {"name": "s", "experiment": "base.json", "grid": {"seed": [1, 2]}, "trials": 3,
                     "random": {"loss.beta": {"logUniform": [0.1, 10]}}}
                    """);

            List<Map<String, Object>> all = settings(sweep);
            assertEquals(6, all.size());
            for (int trial = 0; trial < 3; trial++) {
                assertEquals(all.get(trial).get("loss.beta"), all.get(3 + trial).get("loss.beta"));
                assertEquals(1L, all.get(trial).get("seed"));
                assertEquals(2L, all.get(3 + trial).get("seed"));
            }
        }

        @Test
        @DisplayName("makes no trial twice: one that was drawn before is drawn again, until there are no others")
        void noTwins() {
            String search =
                    "\"random\": {\"seed\": {\"choice\": [1, 2, 3]}, \"model.latent\": {\"intUniform\": [4, 5]}}";
            LoadedSweep all = load(
                    "sweep.json", "{\"name\": \"s\", \"experiment\": \"base.json\", \"trials\": 6, " + search + "}");
            assertEquals(6, Set.copyOf(settings(all)).size());

            assertEquals(
                    """
                    sweep.json:1:52 trials: found 7 trials, of which no two are the same, expected at most 6, since there are no \
                    more different values; a grid makes a run of every combination
                    """, problems("{\"name\": \"s\", \"experiment\": \"base.json\", \"trials\": 7, " + search + "}"));
        }

        @Test
        @DisplayName("that is wrong is reported completely and word for word")
        void wrong() {
            assertEquals("""
                    sweep.json:2:16 random["loss.beta"]: found a list of 2 items, expected a distribution, an object with one of \
                    the keys choice, uniform, logUniform, intUniform, intLogUniform; say how it is drawn, as in { "uniform": \
                    [LOW, HIGH] }
                    sweep.json:3:20 random["model.latent"].loguniform: found an unknown distribution, expected one of choice, \
                    intUniform, intLogUniform; did you mean intLogUniform?
                    sweep.json:4:20 random["model.hidden"].uniform: found numbers with a fraction for a key that takes whole \
                    numbers, expected one of choice, intUniform, intLogUniform; did you mean intUniform?
                    sweep.json:5:15 random.backend.intUniform: found whole numbers for a key that takes none, expected choice
                    sweep.json:6:34 random["loss.gamma"].uniform: found from 2 to 1, expected two numbers, the lower one first
                    sweep.json:7:40 random["loss.freeBits"].logUniform[0]: found 0, expected a number above 0
                    sweep.json:8:32 random.seed.choice[1]: found 1 a second time, expected each value once; each is as likely \
                    as the others
                    sweep.json:9:31 random["training.batchSize"]: found an object with the keys choice, intUniform, expected a \
                    distribution, an object with one of the keys choice, intUniform, intLogUniform
                    sweep.json:10:41 random["training.epochs"].intUniform[1]: found text "20", expected a whole number; leave \
                    out the quotes
                    sweep.json:11:31 random["dataset.train"].choice: found an empty list, expected a list of at least 1 value
                    sweep.json:12:29 random["dataset.test"]: found 5, expected a distribution, an object with one of the keys \
                    choice, intUniform, intLogUniform; what is the same in every trial stands in the experiment file
                    """, problems("""
                    {"name": "s", "experiment": "base.json", "trials": 5, "random": {
                      "loss.beta": [0.1, 10],
                      "model.latent": {"loguniform": [1, 2]},
                      "model.hidden": {"uniform": [1, 2]},
                      "backend": {"intUniform": [1, 2]},
                      "loss.gamma": {"uniform":      [2, 1]},
                      "loss.freeBits": {"logUniform": [    0, 1]},
                      "seed": {"choice": [1,       1]},
                      "training.batchSize":       {"choice": [1], "intUniform": [1, 2]},
                      "training.epochs": {"intUniform": [1, "20"]},
                      "dataset.train": {"choice": []},
                      "dataset.test":           5
                    }}
                    """));
        }

        @Test
        @DisplayName(
                "needs trials, and keys; values are judged by the rules of the experiment, once for each distribution")
        void rules() {
            assertEquals(
                    """
                    sweep.json:1:42 trials: found nothing, expected how many trials are drawn, a whole number of at least 1; add \
                    this key, as in "trials": 20
                    """,
                    problems(
                            "{\"name\": \"s\", \"experiment\": \"base.json\", \"random\": {\"loss.beta\": {\"uniform\": [0, 1]}}}"));
            assertEquals(
                    """
                    sweep.json:1:42 trials: found it without random, expected what is drawn in each trial; add "random": { \
                    "loss.beta": { "logUniform": [0.1, 10] } }, for example
                    sweep.json:1:55 seed: found it without random and stopping, expected one of them: nothing else of a sweep is \
                    drawn; the seed of the runs is a key of theirs: "grid": { "seed": [1, 2] }
                    """,
                    problems(
                            "{\"name\": \"s\", \"experiment\": \"base.json\", \"trials\": 4, \"seed\": 1, \"grid\": {\"seed\": [1]}}"));
            assertEquals(
                    """
                    sweep.json:1:52 trials: found 0, expected a whole number of at least 1 and at most 10000
                    sweep.json:1:65 random: found an object without keys, expected keys, each with a distribution
                    """, problems("{\"name\": \"s\", \"experiment\": \"base.json\", \"trials\": 0, \"random\": {}}"));
            assertEquals("""
                    sweep.json:2:35 loss.beta: found -0.31 (drawn from -1.0 to 1.0), expected a number of at least 0
                    sweep.json:3:1 latent: found an unknown key; did you mean model.latent?
                    sweep.json:4:60 seed: found a key that is set in line 4, too, expected each key in one place
                    """, problems("""
                            {"name": "s", "experiment": "base.json", "trials": 9, "random": {"loss.beta":
                                              {"uniform":     [-1, 1]},
                            "latent": {"choice": [1, 2]},
                            "seed": {"choice": [1, 2, 3, 4, 5, 6, 7, 8, 9]}}, "grid": {"seed": [1]}}
                            """));
        }

        @Test
        @DisplayName("and what says how runs are judged has only names and numbers that mean something")
        void judging() {
            assertEquals("""
                    sweep.json:1:42 trails: found an unknown key; did you mean trials?
                    sweep.json:2:12 metric: found text "elbo", expected one of loss, total, reconstruction
                    sweep.json:2:41 stopping.name: found text "hyperband", expected one of asha, halving
                    sweep.json:2:67 stopping.reduction: found 1, expected a whole number of at least 2 and at most 1000
                    sweep.json:2:70 stopping.minEpochs: found an unknown key, expected one of name, reduction, minimumEpochs
                    """, problems("""
                            {"name": "s", "experiment": "base.json", "trails": 3, "grid": {"seed": [1, 2]},
                             "metric": "elbo", "stopping": {"name": "hyperband", "reduction": 1, "minEpochs": 0}}
                            """));
            assertEquals(
                    """
                    sweep.json:1:77 stopping: found text "asha", expected an object with the keys name, reduction, minimumEpochs; \
                    write it as { "name": "asha" }
                    """,
                    problems(
                            "{\"name\": \"s\", \"experiment\": \"base.json\", \"grid\": {\"seed\": [1]}, \"stopping\": \"asha\"}"));
            LoadedSweep sweep = load("sweep.json", """
                    {"name": "s", "experiment": "base.json", "grid": {"seed": [1, 2]}, "metric": "total", "seed": 9,
                     "stopping": {"name": "asha", "minimumEpochs": 2}}
                    """);
            assertEquals(Optional.of(new Stopping(Stopping.Rule.ASHA, 3, 2, 9)), sweep.stopping());
            assertEquals(Ranking.Metric.TOTAL, sweep.ranking().metric());
            assertTrue(sweep.ranking().keysOfLosses().contains("samples"));
            assertFalse(sweep.ranking().keysOfLosses().contains("variance"));
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
