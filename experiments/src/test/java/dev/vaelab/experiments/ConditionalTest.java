package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A class-conditional model")
final class ConditionalTest {
    private static final int CLASSES = 3;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void train() throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
        label("train-labels-idx1-ubyte");
        label("t10k-labels-idx1-ubyte");
        succeed("train ./tiny.json --out ./run --set model.condition=label");
    }

    /** One of three labels for each image, by turns. */
    private static void label(String name) throws IOException {
        Path file = folder.resolve("images").resolve(name);
        ByteBuffer labels = ByteBuffer.wrap(Files.readAllBytes(file));
        for (int place = 8; place < labels.capacity(); place++) {
            labels.put(place, (byte) (place % CLASSES));
        }
        Files.write(file, labels.array());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"reference | model.condition=label", "djl | model.condition=label loss.name=iwae loss.samples=2"})
    @DisplayName("ends after a resume as if it had not stopped, bit for bit")
    void resumed(String backend, String settings) throws Exception {
        Path own = Files.createDirectory(folder.resolve("resumed-" + backend));
        String options =
                Arrays.stream(settings.split(" ")).map(" --set "::concat).reduce("", String::concat);
        String train = "train ./tiny.json --backend " + backend + options + " --out ./" + own.getFileName();
        succeed(train + "/at-once");
        succeed(train + "/run --set training.epochs=1");
        succeed("train --resume ./" + own.getFileName() + "/run --set training.epochs=2");
        for (String file : List.of("config.json", "dataset.json", "result.json", "checkpoints/last.safetensors")) {
            assertArrayEquals(
                    Files.readAllBytes(own.resolve("at-once").resolve(file)),
                    Files.readAllBytes(own.resolve("run").resolve(file)),
                    file);
        }
    }

    @Test
    @DisplayName("keeps the number of its classes in the run, and measures under a name of its own")
    void recorded() throws Exception {
        assertTrue(Files.readString(folder.resolve("run/dataset.json")).contains("\"classCount\" : 3"));
        assertTrue(Files.readString(folder.resolve("run/config.json")).contains("\"condition\": \"label\""));
        Outcome outcome = succeed("evaluate ./run --samples 4 --decompose");
        assertTrue(outcome.output().contains("bce, given the label"), outcome.output());
        Map<?, ?> measure = (Map<?, ?>) succeed("evaluate ./run --json").json().get("measure");
        assertEquals("label", measure.get("condition"));
    }

    @Test
    @DisplayName("draws a row of each label with the same latents, and those of one label by themselves")
    void generate() throws Exception {
        succeed("generate ./run --seed 7 --count 8 --image ./rows.png");
        assertArrayEquals(bytes("run/images/samples.png"), bytes("rows.png"), "as its report");
        Outcome rows = succeed("generate ./run --seed 3 --count 2 --separate ./all --json");
        assertEquals("{\"folder\":\"all\",\"images\":6,\"labels\":[0,1,2],\"seed\":3}", rows.output());
        Outcome two = succeed("generate ./run --seed 3 --count 2 --label 2 --separate ./two --json");
        assertEquals("{\"folder\":\"two\",\"images\":2,\"labels\":[2],\"seed\":3}", two.output());
        assertEquals(List.of("image-1.png", "image-2.png"), names("two/2"));
        assertEquals(List.of("image-5.png", "image-6.png"), names("all/2"));
        assertArrayEquals(bytes("two/2/image-1.png"), bytes("all/2/image-5.png"));
        assertFalse(Arrays.equals(bytes("all/0/image-1.png"), bytes("all/1/image-3.png")), "another label");
        assertEquals(
                "{\"image\":\"ten.png\",\"images\":20,\"rows\":2,\"columns\":10,\"labels\":[2,0],\"seed\":3}",
                succeed("generate ./run --seed 3 --label 2,0 --image ./ten.png --json")
                        .output());
    }

    @Test
    @DisplayName("draws images that are a data set of their own, with the labels as its classes")
    void generatedDataSet() throws Exception {
        succeed("generate ./run --seed 3 --count 8 --separate ./drawn");
        Outcome outcome =
                succeed("encode ./run --split train --out ./drawn.csv --set dataset.name=images --set dataset.path="
                        + folder.resolve("drawn") + " --set dataset.color=grey --set dataset.validation=1");
        assertEquals("table: drawn.csv (20 train images)", outcome.output());
        assertTrue(Files.readAllLines(folder.resolve("drawn.csv")).stream()
                .skip(1)
                .allMatch(line ->
                        line.split(",")[1].equals(line.replaceAll(".*,", "").strip())));
    }

    @Test
    @DisplayName("decodes what it has encoded with the label of each row, or with one label that is named")
    void decode() throws Exception {
        succeed("encode ./run --out ./latents.csv");
        succeed("decode ./run ./latents.csv --separate ./decoded");
        assertEquals(List.of("0", "1", "2"), names("decoded"));
        assertEquals(List.of("image-2.png", "image-5.png", "image-8.png"), names("decoded/0"));
        succeed("decode ./run ./latents.csv --label 0 --separate ./zeros");
        assertEquals(8, names("zeros/0").size());
        assertArrayEquals(bytes("decoded/0/image-2.png"), bytes("zeros/0/image-2.png"));
        assertFalse(Arrays.equals(bytes("decoded/1/image-3.png"), bytes("zeros/0/image-3.png")));
        Files.writeString(folder.resolve("plain.csv"), "z_1,z_2\n0,0\n");
        succeed("decode ./run ./plain.csv --label 1 --image ./one.png");
        assertEquals(
                "error: plain.csv, line 1: found no column label, expected the column label, since the model is conditional;"
                        + " encode writes such a column; --label N decodes all latents with one label",
                refused("decode ./run ./plain.csv --image ./one.png"));
        Files.writeString(folder.resolve("wrong.csv"), "z_1,z_2,label\n0,0,3\n0,0,x\n");
        assertEquals(
                List.of(
                        "error: 2 problems",
                        "  wrong.csv, line 2, column label: found 3, expected a label from 0 to 2, which the model knows",
                        "  wrong.csv, line 3, column label: found x, expected a label from 0 to 2, which the model knows"),
                refused("decode ./run ./wrong.csv --image ./one.png").lines().toList());
    }

    @Test
    @DisplayName("is opened where its images are not, of a run and of weights by themselves")
    void withoutImages() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        for (String file : List.of("config.json", "dataset.json", "checkpoints/best.safetensors")) {
            Path copy = elsewhere.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.writeString(copy, "");
            Files.write(copy, Files.readAllBytes(folder.resolve("run").resolve(file)));
        }
        String path = folder.resolve("images").toString();
        for (String file : List.of("config.json", "dataset.json")) {
            Path copy = elsewhere.resolve(file);
            Files.writeString(copy, Files.readString(copy).replace(path, path + "-gone"));
        }
        succeed("generate ./elsewhere --seed 5 --count 2 --image ./elsewhere.png");
        succeed("generate ./run --seed 5 --count 2 --image ./here.png");
        assertArrayEquals(bytes("here.png"), bytes("elsewhere.png"));
        succeed(
                "generate --config ./elsewhere/config.json --weights ./run/checkpoints/best.safetensors --seed 5 --count 2"
                        + " --image ./weights.png");
        assertArrayEquals(bytes("here.png"), bytes("weights.png"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generate ./run --label 3 --image ./x.png | --label: found 3, expected a label from 0 to 2, which the model knows",
                "generate ./run --label -1 --image ./x.png | --label: found -1, expected a label from 0 to 2, which the model knows",
                "generate ./run --label , --image ./x.png | --label: found no label, expected labels with commas between them",
                "generate ./run --count 4000 --image ./x.png | --count: found 4000, expected a whole number from 1 to 3333",
                "train ./tiny.json --set model.condition=label --set prior.name=vamp | --set prior.name: found vamp"
                        + " with model.condition label, expected a prior without pseudo-inputs: the encoder would have to know their"
                        + " labels, and they have none; set prior.name to standard, or leave model.condition out",
                "train ./tiny.json --set model.condition=class | --set model.condition: found text \"class\", expected label"
            })
    @DisplayName("is told what it cannot do")
    void refusals(String command, String error) {
        assertEquals("error: " + error, refused(command));
    }

    @Test
    @DisplayName("needs images with labels, and none that the model does not know")
    void labels() throws Exception {
        Path plain = Files.createDirectory(folder.resolve("plain"));
        TinyExperiment.write(plain);
        String path = plain.resolve("images").toString();
        assertEquals(
                "error: --set model.condition: found label for images without labels, or with one label"
                        + " only, expected images of at least 2 classes; leave the key out, or use a data set whose images have"
                        + " labels, such as pictures in a folder for each class",
                refused("train ./tiny.json --set model.condition=label --set dataset.path=" + path));
        String evaluate = "evaluate ./run --set dataset.path=";
        assertEquals(
                "error: run/config.json:5:14 dataset: found images without labels in images, expected labels from 0 to 2, on which the model is conditioned",
                refused(evaluate + path));
        Path labels = plain.resolve("images/t10k-labels-idx1-ubyte");
        byte[] bytes = Files.readAllBytes(labels);
        bytes[bytes.length - 1] = 9;
        Files.write(labels, bytes);
        assertTrue(refused(evaluate + path).contains("found labels from 0 to 9 in "), refused(evaluate + path));
        succeed("train ./tiny.json --out ./unconditional --set training.epochs=1");
        assertEquals(
                "error: --label: found 1, expected nothing, since the model knows no labels; leave the option out; a model that"
                        + " is trained with model.condition: label knows them",
                refused("generate ./unconditional --label 1 --image ./x.png"));
    }

    @Test
    @DisplayName("passes parity between all engines as it is shipped")
    void parity() throws Exception {
        String file = Path.of("mnist-conditional.yaml").toAbsolutePath().toString();
        Outcome outcome = succeed("parity " + file + " --backends reference,djl,dl4j --steps 2"
                + " --set dataset.train=100 --set training.batchSize=10");
        assertTrue(outcome.output().endsWith("passed: all 3 pairs"), outcome.output());
    }

    private static List<String> names(String place) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(place))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(folder.resolve(file));
    }

    private static Outcome succeed(String command) {
        Outcome outcome = InProcess.in(folder).run(command.split(" "));
        assertEquals(0, outcome.exitCode(), outcome.errors());
        return outcome;
    }

    private static String refused(String command) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        Outcome outcome = InProcess.in(folder).run(words.toArray(String[]::new));
        assertEquals(2, outcome.exitCode(), outcome.errors());
        return outcome.errors();
    }
}
