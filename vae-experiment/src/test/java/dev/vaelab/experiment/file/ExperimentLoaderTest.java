package dev.vaelab.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.AverageConfig;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.LoggingConfig;
import dev.vaelab.api.experiment.LossConfig;
import dev.vaelab.api.experiment.ModelConfig;
import dev.vaelab.api.experiment.OptimizerConfig;
import dev.vaelab.api.experiment.TrainingConfig;
import dev.vaelab.api.experiment.ValidationSize;
import dev.vaelab.api.experiment.Widths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An experiment file")
class ExperimentLoaderTest {
    private static final String SMALL = """
            {"name": "small", "backend": "djl", "dataset": {"name": "mnist"}}
            """;

    @TempDir
    private Path temporary;

    private ExperimentFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new ExperimentFolder(temporary);
    }

    @Nested
    @DisplayName("that is right")
    class Right {
        private static final ExperimentConfig EVERYTHING = new ExperimentConfig(
                "everything",
                7L,
                "dl4j",
                new DatasetConfig("idx", "data/fashion", null, null, 5000, 40_000, 1000, null),
                new ModelConfig(null, 2, List.of(8, 16, 32), Widths.of(64), null, null, null),
                null,
                null,
                new LossConfig(null, null, 0.5, null, null, null),
                new TrainingConfig(3, 64, new OptimizerConfig(OptimizerConfig.Name.ADAM, 1e-4), null, null, null),
                new LoggingConfig(true));

        @Test
        @DisplayName("means the same in JSON and in YAML")
        void sameInBothLanguages() {
            folder.with("everything.json", """
                            {
                              "$schema": "experiment.schema.json",
                              "name": "everything",
                              "seed": 7,
                              "backend": "dl4j",
                              "dataset": {
                                "name": "idx", "path": "data/fashion", "validation": 5000, "train": 40000, "test": 1000
                              },
                              "model": { "latent": 2, "channels": [8, 16, 32], "hidden": 64 },
                              "loss": { "reconstruction": "bce", "beta": 0.5 },
                              "training": {
                                "epochs": 3, "batchSize": 64, "optimizer": { "name": "adam", "learningRate": 1e-4 }
                              },
                              "logging": { "tensorboard": true }
                            }
                            """).with("everything.yaml", """
                            # All that there is to say.
                            $schema: experiment.schema.json
                            name: everything
                            seed: 7
                            backend: dl4j
                            dataset: {name: idx, path: data/fashion, validation: 5000, train: 40000, test: 1000}
                            model:
                              latent: 2
                              channels:
                                - 8
                                - 16
                                - 32
                              hidden: 64
                            loss:
                              reconstruction: bce
                              beta: 0.5
                            training:
                              epochs: 3
                              batchSize: 64
                              optimizer: {name: adam, learningRate: 1e-4}
                            logging:
                              tensorboard: true
                            """);

            assertEquals(EVERYTHING, folder.config("everything.json"));
            assertEquals(EVERYTHING, folder.config("everything.yaml"));
        }

        @Test
        @DisplayName("needs a name, a backend and a data set only")
        void hasDefaults() {
            ExperimentConfig expected = new ExperimentConfig(
                    "small",
                    null,
                    "djl",
                    new DatasetConfig("mnist", null, null, null, null, null, null, null),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);

            assertEquals(expected, folder.with("small.json", SMALL).config("small.json"));
        }

        @Test
        @DisplayName("may write whole numbers with a fraction of zero or an exponent")
        void wholeNumbers() {
            ExperimentConfig config = folder.with("small.json", SMALL)
                    .config("small.json", "training.epochs=3.0", "seed=9007199254740993.0", "model.hidden=1e3");

            assertEquals(3, config.training().epochs());
            assertEquals(9007199254740993L, config.seed());
            assertEquals(Widths.of(1000), config.model().hidden());
        }

        @Test
        @DisplayName("may ask for a fraction of the images to validate on, which is no number of them")
        void fractions() {
            folder.with("small.json", SMALL);
            assertEquals(
                    ValidationSize.ofFraction(0.1),
                    folder.config("small.json", "dataset.validation=0.1")
                            .dataset()
                            .validation());
            assertEquals(
                    ValidationSize.ofImages(5000),
                    folder.config("small.json", "dataset.validation=5000")
                            .dataset()
                            .validation());
            assertEquals(
                    ValidationSize.ofImages(1),
                    folder.config("small.json", "dataset.validation=1")
                            .dataset()
                            .validation());
            for (String wrong : List.of("1.0", "1.5", "-0.1", "1e0")) {
                assertEquals(
                        "--set dataset.validation: found " + wrong
                                + ", expected a number of images, or a fraction of them between 0 and 1"
                                + (wrong.startsWith("-")
                                        ? ""
                                        : "; 1 is one image, and 0.1 a tenth of those from which they are taken"),
                        assertThrows(
                                        InvalidInputException.class,
                                        () -> folder.config("small.json", "dataset.validation=" + wrong))
                                .getMessage());
            }
        }

        @Test
        @DisplayName("may be recorded for MLflow in a folder or on a server, and in no other kind of store")
        void mlflow() {
            folder.with("small.json", SMALL);
            for (String right :
                    List.of("mlruns", "./a b", "C:\\mlruns", "http://localhost:5000", "file:///tmp/mlruns")) {
                assertEquals(
                        right,
                        folder.config("small.json", "logging.mlflow='" + right + "'")
                                .logging()
                                .mlflow());
            }
            for (String wrong : List.of("sqlite:///mlflow.db", "databricks://me", "' '", "ftp:x")) {
                InvalidInputException failure = assertThrows(
                        InvalidInputException.class, () -> folder.config("small.json", "logging.mlflow=" + wrong));
                assertTrue(
                        failure.getMessage()
                                .contains(
                                        "expected a folder, such as mlruns, or the http(s) address of a tracking server"),
                        failure.getMessage());
            }
        }

        @Test
        @DisplayName(
                "may limit its time, and accumulate, average and keep steps; one batch in a step is nothing to tell of")
        void trainingOptions() {
            TrainingConfig training = folder.with("small.json", SMALL)
                    .config(
                            "small.json",
                            "training.maxTime=1h30m",
                            "training.accumulate=4",
                            "training.average={}",
                            "training.checkpointEvery=100")
                    .training();
            assertEquals(Optional.of(Duration.ofMinutes(90)), training.timeLimit());
            assertEquals(4 * training.batchSize(), training.imagesPerStep());
            assertEquals(new AverageConfig(0.999), training.average());
            assertEquals(100, training.checkpointEvery());
            assertEquals(folder.config("small.json"), folder.config("small.json", "training.accumulate=1"));
            assertEquals(
                    String.join(
                            System.lineSeparator(),
                            "--set training.average.decay: found 1, expected 0, or a number of at least 1e-12 and at most"
                                    + " 0.9999999, since engines compute in float32"),
                    assertThrows(
                                    InvalidInputException.class,
                                    () -> folder.config("small.json", "training.average.decay=1"))
                            .getMessage());
            for (String wrong : List.of("90", "0s", "1d", "30 m", "''", "00h0.00s", "9999999h")) {
                InvalidInputException failure = assertThrows(
                        InvalidInputException.class, () -> folder.config("small.json", "training.maxTime=" + wrong));
                assertTrue(
                        failure.getMessage().contains("expected a duration above 0 such as 90s, 30m or 1h30m"),
                        failure.getMessage());
            }
        }

        @Test
        @DisplayName("may have the largest seeds and begin with a byte order mark")
        void extremes() {
            folder.with("small.json", "\uFEFF" + SMALL);

            assertEquals(
                    Long.MAX_VALUE,
                    folder.config("small.json", "seed=" + Long.MAX_VALUE).seed());
            assertEquals(
                    Long.MIN_VALUE,
                    folder.config("small.json", "seed=" + Long.MIN_VALUE).seed());
        }
    }

    @Nested
    @DisplayName("that extends another")
    class Extending {
        @Test
        @DisplayName("merges objects and replaces everything else, across folders and languages")
        void merges() {
            folder.with("base.yaml", """
                            name: base
                            seed: 1
                            backend: dl4j
                            dataset: {name: mnist, validation: 5000}
                            model: {channels: [8, 16, 32], latent: 2}
                            training: {epochs: 2, optimizer: {learningRate: 0.01}}
                            """).with("middle/wide.json", """
                            {"extends": "../base.yaml", "name": "wide", "model": {"channels": [64]}}
                            """).with("long.yaml", """
                            extends: middle/wide.json
                            name: long
                            training: {epochs: 200}
                            """);

            LoadedExperiment loaded = folder.load("long.yaml", List.of(), Optional.empty());

            assertEquals(
                    new ExperimentConfig(
                            "long",
                            1L,
                            "dl4j",
                            new DatasetConfig("mnist", null, null, null, 5000, null, null, null),
                            new ModelConfig(null, 2, List.of(64), null, null, null, null),
                            null,
                            null,
                            null,
                            new TrainingConfig(200, null, new OptimizerConfig(null, 0.01), null, null, null),
                            null),
                    loaded.config());
            assertEquals(
                    List.of(
                            temporary.resolve("long.yaml"),
                            temporary.resolve("middle/wide.json"),
                            temporary.resolve("base.yaml")),
                    loaded.files());
        }

        @Test
        @DisplayName("may not extend itself, directly or by way of others")
        void circle() {
            folder.with("a.json", "{\"extends\": \"./b.yaml\"}")
                    .with("b.yaml", "extends: c.yml")
                    .with("c.yml", "name: c\nextends: a.json");

            assertEquals("""
                    c.yml:2:10 extends: found a circle of a.json, b.yaml, c.yml, a.json, expected files that extend each \
                    other in one direction
                    """, folder.problems("a.json"));
        }

        @Test
        @DisplayName("may not extend itself by way of a link")
        void linkedCircle() throws IOException {
            folder.with("a.json", "{\"extends\": \"here/a.json\"}");
            Files.createSymbolicLink(temporary.resolve("here"), temporary);

            assertEquals("""
                    a.json:1:13 extends: found a circle of a.json, here/a.json, expected files that extend each other in \
                    one direction
                    """, folder.problems("a.json"));
        }

        @Test
        @DisplayName("must name a file that can be read")
        void unreadableBase() {
            folder.with("base.json", SMALL).with("notes.txt", "").with("folder/x", "");

            assertEquals("""
                    child.yaml:1:10 extends: found "bas.json" (no such file), expected an experiment file; did you mean \
                    base.json?
                    """, folder.with("child.yaml", "extends: bas.json").problems("child.yaml"));
            assertEquals("""
                    child.yaml:1:10 extends: found "notes.txt" (a file of another kind), expected a name that ends in \
                    .json, .yaml or .yml
                    """, folder.with("child.yaml", "extends: notes.txt").problems("child.yaml"));
            assertEquals(
                    "child.yaml:1:10 extends: found \"folder\" (a folder), expected an experiment file\n",
                    folder.with("child.yaml", "extends: folder").problems("child.yaml"));
            assertEquals(
                    "child.yaml:1:10 extends: found a list of 1 item, expected the path of an experiment file\n",
                    folder.with("child.yaml", "extends: [base.json]").problems("child.yaml"));
            assertEquals(
                    "child.json:1:13 extends: found text \"a?b\", expected the path of an experiment file\n",
                    folder.with("child.json", "{\"extends\": \"a\\u0000b\"}").problems("child.json"));
        }

        @Test
        @DisplayName("is told what is wrong with it and the options, although the other cannot be read")
        void restOfChild() {
            assertEquals(
                    """
                    child.yaml:1:10 extends: found "base.json" (no such file), expected an experiment file
                    child.yaml:2:7 name: found text "a child", expected text of at most 100 letters, digits, '.', '_' and \
                    '-', the first a letter or digit
                    --set training.epochs: found text "ten", expected a whole number of at least 1
                    """,
                    folder.with("child.yaml", "extends: base.json\nname: a child")
                            .problems("child.yaml", "training.epochs=ten"));
            assertEquals("""
                    none.json: found no such file, expected an experiment file
                    --set epochs: found an unknown key; did you mean training.epochs?
                    --backend: found text "dl4", expected one of djl, dl4j, reference; did you mean dl4j?
                    """, folder.problems("none.json", List.of("epochs=3"), Optional.of("dl4")));
        }

        @Test
        @DisplayName("is told of broken rules of the language in the other file")
        void syntaxOfBase() {
            folder.with("base.json", "{\"name\": }").with("child.yaml", "extends: base.json\nseed: 1\nseed: 2");

            assertEquals("""
                    child.yaml:3:1 seed: found the same key a second time, expected each key once; the first is in line 2
                    base.json:1:10: found "}", expected a value
                    """, folder.problems("child.yaml"));
        }
    }

    @Nested
    @DisplayName("with overrides")
    class Overridden {
        @BeforeEach
        void writeFile() {
            folder.with("small.json", SMALL);
        }

        @Test
        @DisplayName("takes them as YAML values, the last one of a key")
        void takesThem() {
            ExperimentConfig config = folder.config(
                    "small.json",
                    "model.channels=[16, 32]",
                    "model={hidden: 5, latent: 3}",
                    "name=x",
                    "training.epochs=3",
                    "training.epochs = 4",
                    "dataset={name: idx, path: a=b}",
                    "loss.reconstruction='bce'");

            assertEquals(
                    new ExperimentConfig(
                            "x",
                            null,
                            "djl",
                            new DatasetConfig("idx", "a=b", null, null, null, null, null, null),
                            new ModelConfig(null, 3, List.of(16, 32), Widths.of(5), null, null, null),
                            null,
                            null,
                            null,
                            new TrainingConfig(4, null, null, null, null, null),
                            null),
                    config);
        }

        @Test
        @DisplayName("takes --backend over everything else")
        void backend() {
            LoadedExperiment loaded = folder.load("small.json", List.of("backend=dl4j"), Optional.of("reference"));

            assertEquals("reference", loaded.config().backend());
        }

        @Test
        @DisplayName("takes what the file lacks or has wrong from them")
        void mends() {
            folder.with("half.yaml", "name: half\ntraining: {epochs: many}");

            assertEquals(
                    20,
                    folder.config("half.yaml", "dataset.name=mnist", "backend=djl", "training.epochs=20")
                            .training()
                            .epochs());
        }

        @Test
        @DisplayName("is told all that is wrong with them, after what is wrong with the file")
        void reportsAll() {
            folder.with("wrong.yaml", "name: wrong\ndataset: {}\nmodel: {latent: 0}");

            assertEquals(
                    """
                    wrong.yaml:2:10 dataset.name: found nothing, expected one of idx, mnist; add this key
                    wrong.yaml:3:17 model.latent: found 0, expected a whole number of at least 1
                    --set training.epoch: found an unknown key; did you mean training.epochs?
                    --set batchSize: found an unknown key; did you mean training.batchSize?
                    --backend: found text "torch", expected one of djl, dl4j, reference
                    """,
                    folder.problems(
                            "wrong.yaml",
                            List.of("training.epoch=3", "batchSize=12", "dataset.train=5"),
                            Optional.of("torch")));
        }

        @Test
        @DisplayName("is told what each value was read as")
        void wrongValues() {
            assertEquals(
                    """
                    --set training.epochs: found text "ten", expected a whole number of at least 1
                    --set model.channels[1]: found text "no", expected a whole number of at least 1
                    --set seed: found no value, expected a whole number; leave the key out
                    --set loss.beta: found .nan, expected a number of at least 0; numbers are finite
                    --set name: found an object, expected text of at most 100 letters, digits, '.', '_' and '-', the \
                    first a letter or digit
                    --set extends: found an unknown key, expected one of name, seed, backend, dataset, model, prior, sampler, loss, \
                    training, logging, published
                    --set training.optimizer.learningRate: found the alias *rate, expected a value; aliases are not \
                    followed, write the value out
                    """,
                    folder.problems(
                            "small.json",
                            "training.epochs=ten",
                            "model.channels=[16, no]",
                            "seed=",
                            "loss.beta=.nan",
                            "name.first=x",
                            "extends=small.json",
                            "training.optimizer.learningRate=*rate"));
        }

        @Test
        @DisplayName("is told which of them cannot be understood")
        void notUnderstood() {
            assertEquals(
                    """
                    --set training.epochs: found "training.epochs", expected a key and its value, as in \
                    training.epochs=3
                    --set =3: found the key "", expected keys joined by dots, as in training.epochs=3
                    --set training..epochs=3: found the key "training..epochs", expected keys joined by dots, as in \
                    training.epochs=3
                    --set model.channels[0]=3: found the key "model.channels[0]", expected keys joined by dots; set the \
                    whole list, as in model.channels=[16,32]
                    --set model.channels: found a list that is not closed, expected a comma or ] after each item
                    --set name: found "@" at the beginning of a value, expected a value; put text that begins with it \
                    into quotes
                    """,
                    folder.problems(
                            "small.json",
                            "training.epochs",
                            "=3",
                            "training..epochs=3",
                            "model.channels[0]=3",
                            "model.channels=[16, 32",
                            "name=@home"));
        }
    }

    @Nested
    @DisplayName("that does not suit its data")
    class Unsuitable {
        @Test
        @DisplayName("is told what its kind of data set lacks and does not take, together with all else that is wrong")
        void rulesOfKind() {
            folder.with("base.yaml", "name: base\nbackend: djl\ndataset: {name: mnist}")
                    .with("idx.json", "{\"extends\": \"base.yaml\",\n\"dataset\": {\"name\": \"idx\"}, \"seed\": 0.5}")
                    .with("path.yaml", "extends: base.yaml\ndataset:\n  path: digits\nmodel: {latent: 0}");

            assertEquals("""
                    idx.json:2:12 dataset.path: found nothing, expected the folder of the IDX files; add this key
                    idx.json:2:37 seed: found 0.5, expected a whole number
                    """, folder.problems("idx.json"));
            assertEquals("""
                    path.yaml:3:9 dataset.path: found digits, expected no path
                    path.yaml:4:17 model.latent: found 0, expected a whole number of at least 1
                    """, folder.problems("path.yaml"));
            assertEquals("""
                    idx.json:2:37 seed: found 0.5, expected a whole number
                    --set dataset.path: found x, expected no path
                    """, folder.problems("idx.json", "dataset.path=x", "dataset.name=mnist"));
        }

        @Test
        @DisplayName("is told where in its files and options the keys stand that are found wrong later, in their order")
        void placesOfKeys() {
            folder.with("base.yaml", "name: base\nbackend: djl\ndataset: {name: mnist, test: 20000}")
                    .with("child.yaml", "extends: base.yaml\nseed: 3\ndataset:\n  train: 70000");
            InvalidInputException failure = new InvalidInputException(List.of(
                    Problem.of("picture.png", "a text", "a picture"),
                    Problem.of("loss.beta", "1", "another default"),
                    Problem.of("dataset.validation", "5", "fewer"),
                    Problem.of("dataset.test", "20000", "fewer"),
                    Problem.of("dataset.train", "70000", "fewer"),
                    Problem.of("model.channels", "4 convolutions", "fewer")));

            assertEquals(
                    List.of(
                            "child.yaml:1:1 loss.beta: found 1, expected another default",
                            "child.yaml:4:10 dataset.train: found 70000, expected fewer",
                            "base.yaml:3:30 dataset.test: found 20000, expected fewer",
                            "--set dataset.validation: found 5, expected fewer",
                            "--set model.channels: found 4 convolutions, expected fewer",
                            "picture.png: found a text, expected a picture"),
                    folder
                            .load(
                                    "child.yaml",
                                    List.of("dataset.validation=5", "model={channels: [1, 2, 3, 4]}"),
                                    Optional.empty())
                            .places()
                            .locate(failure)
                            .problems()
                            .stream()
                            .map(problem -> problem.toString().replace(temporary + "/", ""))
                            .toList());
        }
    }

    @Nested
    @DisplayName("where there is nothing to choose from")
    class WithoutNames {
        @Test
        @DisplayName("is told so")
        void nothingToChoose() {
            folder.with("small.json", SMALL);
            ExperimentLoader loader = new ExperimentLoader(new ExperimentRules(
                    new ExperimentSchema(
                            Set.of(), Set.of("mnist"), PartCatalog.load(PartCatalog.class.getClassLoader())),
                    dataset -> List.of()));

            InvalidInputException failure = assertThrows(
                    InvalidInputException.class,
                    () -> loader.load(temporary.resolve("small.json"), List.of(), Optional.empty()));

            assertTrue(
                    failure.getMessage().endsWith("found text \"djl\", expected a name, but there is none to choose"));
        }
    }

    @Nested
    @DisplayName("that cannot be read")
    class Unreadable {
        @Test
        @DisplayName("is named, with the nearest name in its folder")
        void missing() {
            folder.with("mnist-djl.json", SMALL).with("mnist-djl.txt", "");

            assertEquals(
                    "mnist-dlj.json: found no such file, expected an experiment file; did you mean mnist-djl.json?\n",
                    folder.problems("mnist-dlj.json"));
            assertEquals(
                    "elsewhere/x.json: found no such file, expected an experiment file\n",
                    folder.problems("elsewhere/x.json"));
        }

        @Test
        @DisplayName("is told from folders and files of other kinds")
        void otherKinds() {
            folder.with("folder.json/x", "").with("experiment.toml", "").with("experiment", "");

            assertEquals("folder.json: found a folder, expected an experiment file\n", folder.problems("folder.json"));
            assertEquals(
                    "experiment.toml: found a file of another kind, expected a name that ends in .json, .yaml or .yml\n",
                    folder.problems("experiment.toml"));
            assertEquals(
                    "experiment: found a file of another kind, expected a name that ends in .json, .yaml or .yml\n",
                    folder.problems("experiment"));
        }

        @Test
        @DisplayName("may hold nothing, or no object")
        void noObject() {
            String expected = ", expected an object with the keys of an experiment\n";

            assertEquals(
                    "x.json:1:1: found no value" + expected,
                    folder.with("x.json", "").problems("x.json"));
            assertEquals(
                    "x.yaml:1:1: found no value" + expected,
                    folder.with("x.yaml", "# nothing yet\n").problems("x.yaml"));
            assertEquals(
                    "x.json:2:1: found a list of 1 item" + expected,
                    folder.with("x.json", "\n[1]").problems("x.json"));
            assertEquals(
                    "x.yaml:1:1: found text \"name:x\"" + expected,
                    folder.with("x.yaml", "name:x").problems("x.yaml"));
        }

        @Test
        @DisplayName("may be too large, too deep, or no text")
        void noText() throws IOException {
            folder.with("large.json", " ".repeat((1 << 20) + 1))
                    .with("deep.json", "{\"x\": " + "[".repeat(100))
                    .with("deep.yaml", "x: " + "[".repeat(100))
                    .with("digits.json", "{\"seed\": " + "9".repeat(1001) + "}");
            Files.write(temporary.resolve("latin.yaml"), new byte[] {'x', ':', ' ', (byte) 0xe9});

            assertEquals(
                    "large.json: found a file of 1048577 bytes, expected an experiment file of at most 1048576\n",
                    folder.problems("large.json"));
            assertEquals(
                    "deep.json:1:70: found lists and objects more than 64 deep, expected an experiment\n",
                    folder.problems("deep.json"));
            assertEquals(
                    "deep.yaml:1:67: found lists and objects more than 64 deep, expected an experiment\n",
                    folder.problems("deep.yaml"));
            assertTrue(folder.problems("digits.json")
                    .endsWith("found a number of more than 1000 digits, expected an experiment\n"));
            assertEquals(
                    "latin.yaml: found bytes that are not text in UTF-8, expected an experiment file in UTF-8\n",
                    folder.problems("latin.yaml"));
        }
    }
}
