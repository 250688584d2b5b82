package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("generate")
final class GenerateTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void train() throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
        succeed("train", "./tiny.json", "--out", "./run");
    }

    @Test
    @DisplayName("draws other images with each call, and says with which seed they are drawn again")
    void otherImages() throws Exception {
        Outcome first = succeed("generate", "./run", "--image", "./first.png", "--json");
        Outcome second = succeed("generate", "./run", "--image", "./second.png");
        assertFalse(Arrays.equals(bytes("first.png"), bytes("second.png")));
        succeed(
                "generate",
                "./run",
                "--image",
                "./again.png",
                "--seed",
                first.json().get("seed").toString());
        assertArrayEquals(bytes("first.png"), bytes("again.png"));
        String seed = second.errors().replaceAll("drawn with --seed (\\d+), which draws the same images again", "$1");
        succeed("generate", "./run", "--image", "./again.png", "--seed", seed);
        assertArrayEquals(bytes("second.png"), bytes("again.png"));
        assertEquals("picture: second.png", second.output());
    }

    @Test
    @DisplayName("draws those of the report with the seed of the experiment, also of weights by themselves")
    void seedOfExperiment() throws Exception {
        succeed("generate", "./run", "--image", "./seven.png", "--seed", "7");
        assertArrayEquals(bytes("run/images/samples.png"), bytes("seven.png"));
        succeed(
                "generate",
                "--config",
                "./tiny.json",
                "--weights",
                "./run/checkpoints/best.safetensors",
                "--image",
                "./weights.png",
                "--seed",
                "7");
        assertArrayEquals(bytes("seven.png"), bytes("weights.png"));
        succeed("generate", "./run", "--image", "./set.png", "--set", "seed=7");
        assertArrayEquals(bytes("seven.png"), bytes("set.png"));
    }

    @Test
    @DisplayName("gives one image in its own size and grey as it is, larger by whole numbers if asked to")
    void oneImage() throws Exception {
        succeed("generate", "./run", "--count", "1", "--image", "./one.PNG", "--seed", "3");
        succeed("generate", "./run", "--count", "1", "--image", "./three.png", "--seed", "3", "--scale", "3");
        BufferedImage one = ImageIO.read(folder.resolve("one.PNG").toFile());
        BufferedImage three = ImageIO.read(folder.resolve("three.png").toFile());
        assertEquals(
                List.of(8, 8, 24, 24), List.of(one.getWidth(), one.getHeight(), three.getWidth(), three.getHeight()));
        assertEquals(1, one.getRaster().getNumBands());
        IntStream.range(0, 24 * 24)
                .forEach(pixel -> assertEquals(
                        one.getRaster().getSample(pixel % 24 / 3, pixel / 24 / 3, 0),
                        three.getRaster().getSample(pixel % 24, pixel / 24, 0)));
        succeed("generate", "./run", "--count", "4", "--image", "./four.png", "--seed", "3", "--scale", "1");
        BufferedImage four = ImageIO.read(folder.resolve("four.png").toFile());
        assertEquals(List.of(22, 22), List.of(four.getWidth(), four.getHeight()), "two by two with gaps");
        IntStream.range(0, 64)
                .forEach(pixel -> assertEquals(
                        one.getRaster().getSample(pixel % 8, pixel / 8, 0),
                        four.getRaster().getSample(2 + pixel % 8, 2 + pixel / 8, 0),
                        "fewer images are the first of more"));
    }

    @Test
    @DisplayName(
            "gives each image a file in a folder of their own, whose names sort, and touches no folder with files in it")
    void separate() throws Exception {
        Outcome outcome =
                succeed("generate", "./run", "--count", "101", "--separate", "./files", "--seed", "3", "--json");
        assertEquals("{\"folder\":\"files\",\"images\":101,\"seed\":3}", outcome.output());
        List<String> names;
        try (Stream<Path> files = Files.list(folder.resolve("files"))) {
            names = files.map(file -> file.getFileName().toString()).sorted().toList();
        }
        assertEquals(101, names.size());
        assertEquals("image-001.png", names.get(0));
        assertEquals("image-101.png", names.get(100));
        succeed("generate", "./run", "--count", "1", "--image", "./single.png", "--seed", "3");
        assertArrayEquals(bytes("single.png"), bytes("files/image-001.png"));
        Outcome again = InProcess.in(folder).run("generate", "./run", "--separate", "./files");
        assertEquals(
                new Outcome(
                        2,
                        "",
                        "error: --separate files: found a folder with files in it, expected a new or empty folder"),
                again);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generate ./run --image ./x.jpg | --image x.jpg: found a name that does not end in .png, expected one that does;"
                        + " pictures are written as PNG and in no other format",
                "generate nowhere --image png | --image png: found a name that does not end in .png, expected one that does;"
                        + " pictures are written as PNG and in no other format",
                "reconstruct ./run --image ./x.gif | --image x.gif: found a name that does not end in .png, expected one that does;"
                        + " pictures are written as PNG and in no other format",
                "decode ./run ./tiny.json --image ./x.bmp | --image x.bmp: found a name that does not end in .png, expected one that"
                        + " does; pictures are written as PNG and in no other format",
                "generate ./run --count 0 --image ./x.png | --count: found 0, expected a whole number from 1 to 10000",
                "generate ./run --count 1000001 --separate ./x | --count: found 1000001, expected a whole number from 1 to 1000000",
                "generate ./run --scale 0 --image ./x.png | --scale: found 0, expected a whole number of at least 1",
                "generate ./run --scale 2147483647 --image ./x.png | --image: found a picture of 137438953426 x 137438953426 pixels,"
                        + " expected at most 50000000 pixels; a smaller --count or --scale, or --separate DIR",
                "generate ./run --separate ./tiny.json | --separate tiny.json: found a file, expected a new or empty folder",
                "generate ./run --image ./nowhere/x.png | --image nowhere/x.png: found a file that cannot be written (no such file),"
                        + " expected a folder that can be written to"
            })
    @DisplayName("and its like refuse with exit code 2 what is asked for wrongly")
    void wrong(String command, String problem) throws Exception {
        assertEquals(
                new Outcome(2, "", "error: " + problem), InProcess.in(folder).run(command.split(" ")));
    }

    @ParameterizedTest
    @CsvSource({
        "generate ./run --image ./x.png --separate ./y",
        "generate ./run",
        "generate --image ./x.png",
        "generate --config ./tiny.json --image ./x.png",
        "generate ./run --image ./x.png --seed ten",
        "decode ./run --image ./x.png",
        "decode a b c --image ./x.png",
        "decode ./run t.csv --config ./tiny.json --weights w --image ./x.png"
    })
    @DisplayName("and its like refuse options that do not go together")
    void options(String command) throws Exception {
        Outcome outcome = InProcess.in(folder).run(command.split(" "));
        assertEquals(2, outcome.exitCode());
        assertEquals("", outcome.output());
        assertTrue(outcome.errors().startsWith("error: "), outcome.errors());
    }

    private static Outcome succeed(String... arguments) {
        return InProcess.in(folder).succeed(arguments);
    }

    private static byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(folder.resolve(file));
    }
}
