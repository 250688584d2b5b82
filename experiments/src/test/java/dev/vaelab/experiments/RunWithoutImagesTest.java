package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiments.Program.Outcome;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A run that was moved, and whose images were moved too,")
final class RunWithoutImagesTest {
    private static final List<String> DATA_COMMANDS =
            List.of("evaluate ./run", "encode ./run --out ./table.csv", "reconstruct ./run --image ./pairs.png");

    @TempDir
    private static Path trainedIn;

    private static Outcome tested;

    /** Where the program is started. */
    @TempDir
    private Path folder;

    @BeforeAll
    static void train() throws Exception {
        Path project = Files.createDirectory(trainedIn.resolve("project"));
        ColouredDots.write(project);
        Outcome trained = Program.run(project, "train", "dots.json", "--out", "run");
        assertEquals(0, trained.exitCode(), trained.errors());
        Path elsewhere = Files.createDirectory(trainedIn.resolve("elsewhere"));
        tested = Program.run(elsewhere, "evaluate", "../project/run", "--json");
        assertEquals(0, tested.exitCode(), "from another folder: " + tested.errors());
        Files.move(project.resolve("pictures"), trainedIn.resolve("moved"));
    }

    @BeforeEach
    void moveRun() throws IOException {
        Folders.copy(trainedIn.resolve("project/run"), folder.resolve("run"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dl4j", "djl", "reference"})
    @DisplayName("generates and decodes on every engine")
    void modelAlone(String backend) throws Exception {
        succeed("generate", "./run", "--backend", backend, "--count", "1", "--image", "./one.png");
        BufferedImage image = ImageIO.read(folder.resolve("one.png").toFile());
        assertEquals(ColouredDots.WIDTH, image.getWidth());
        assertEquals(ColouredDots.HEIGHT, image.getHeight());
        Files.writeString(folder.resolve("latents.csv"), "z_3,z_1,z_2\n0,0,0\n1,-1,2\n");
        succeed("decode", "./run", "./latents.csv", "--backend", backend, "--separate", "./decoded");
        assertEquals(List.of("image-1.png", "image-2.png"), names(folder.resolve("decoded")));
    }

    @Test
    @DisplayName("names the images that evaluate, encode and reconstruct miss")
    void missing() throws Exception {
        for (String command : DATA_COMMANDS) {
            Outcome outcome = InProcess.in(folder).run(command.split(" "));
            assertEquals(2, outcome.exitCode(), command);
            assertEquals("", outcome.output());
            assertEquals(
                    "error: run/config.json:7:13 dataset.path: found "
                            + trainedIn.toRealPath().resolve("project/pictures")
                            + ", which does not exist, expected the folder of the pictures; the run run was trained on these"
                            + " images: set dataset.path to where they are now, or to others",
                    outcome.errors());
        }
    }

    @Test
    @DisplayName(
            "takes them from another folder, with the same figures, and encode has the names of classes in the last column")
    void elsewhere() throws Exception {
        String path = "dataset.path=" + trainedIn.resolve("moved");
        Outcome evaluated = succeed("evaluate", "./run", "--set", path, "--json");
        assertEquals(tested.json().get("total"), evaluated.json().get("total"));
        succeed("reconstruct", "./run", "--set", path, "--image", "./pairs.png");
        succeed("encode", "./run", "--set", path, "--split", "train", "--out", "./table.csv");
        List<String> rows = Files.readAllLines(folder.resolve("table.csv"));
        assertEquals("index,label,mean_1,mean_2,mean_3,deviation_1,deviation_2,deviation_3,class", rows.get(0));
        assertTrue(rows.stream().anyMatch(row -> row.matches("\\d+,0,.*,blue")), rows.toString());
        assertTrue(rows.stream().anyMatch(row -> row.matches("\\d+,1,.*,\"red, bright\"")), rows.toString());
    }

    @Test
    @DisplayName("decodes what encode wrote to the pixels that reconstruct shows")
    void wayBack() throws Exception {
        String path = "dataset.path=" + trainedIn.resolve("moved");
        succeed("encode", "./run", "--set", path, "--out", "./table.csv");
        succeed("decode", "./run", "./table.csv", "--separate", "./decoded", "--scale", "2");
        succeed("reconstruct", "./run", "--set", path, "--count", "1", "--image", "./pair.png", "--scale", "2");
        BufferedImage decoded =
                ImageIO.read(folder.resolve("decoded/image-1.png").toFile());
        BufferedImage pair = ImageIO.read(folder.resolve("pair.png").toFile());
        for (int y = 0; y < decoded.getHeight(); y++) {
            for (int x = 0; x < decoded.getWidth(); x++) {
                // The reconstruction stands below the original, each with two pixels around it.
                assertEquals(pair.getRGB(2 + x, 4 + 2 * ColouredDots.HEIGHT + y), decoded.getRGB(x, y));
            }
        }
    }

    @Test
    @DisplayName("is not measured on other images that happen to have the path of its own")
    void otherImages() throws Exception {
        Folders.copy(trainedIn.resolve("moved"), folder.resolve("pictures"));
        Outcome same = Program.run(folder, "evaluate", "run", "--json");
        assertEquals(0, same.exitCode(), same.errors());
        assertEquals(tested.json().get("total"), same.json().get("total"));
        Files.delete(folder.resolve("pictures/blue/1.png"));
        Outcome outcome = Program.run(folder, "evaluate", "run");
        assertEquals(2, outcome.exitCode());
        assertTrue(
                outcome.errors().contains(" with other images than those of the run, expected the images of the run;"),
                outcome.errors());
    }

    @Test
    @DisplayName("has its report made anew as far as the model goes, and keeps what rests on the images")
    void report() throws Exception {
        Path kept = folder.resolve("run/images/reconstructions.png");
        byte[] before = Files.readAllBytes(kept);
        byte[] samples = Files.readAllBytes(folder.resolve("run/images/samples.png"));
        Files.delete(folder.resolve("run/images/samples.png"));
        Files.delete(folder.resolve("run/images/traversals.png"));
        Outcome outcome = succeed("report", "./run");
        assertTrue(
                outcome.errors().startsWith("note: the images cannot be had, so what rests on them stays"),
                outcome.errors());
        assertTrue(outcome.errors().contains("set dataset.path to where they are now"), outcome.errors());
        assertArrayEquals(before, Files.readAllBytes(kept));
        assertArrayEquals(samples, Files.readAllBytes(folder.resolve("run/images/samples.png")));
        assertTrue(Files.exists(folder.resolve("run/images/traversals.png")));
        assertTrue(Files.readString(folder.resolve("run/report.html"))
                .contains("\"classNames\":[\"blue\",\"red, bright\"]"));
        assertEquals(
                2,
                InProcess.in(folder)
                        .run("report", "./run", "--set", "dataset.path=./nowhere")
                        .exitCode());
    }

    @Test
    @DisplayName("is explored by its latents, whose dimensions are sorted as the run has recorded it")
    void explore() throws Exception {
        try (Explorer explorer = Explorer.start(folder, "run")) {
            Map<?, ?> run =
                    JsonText.read(ask(HttpRequest.newBuilder(explorer.page().resolve("/api/run"))), Map.class);
            assertEquals(0, run.get("testImages"));
            assertEquals(4, run.get("mappedImages"));
            assertEquals(null, run.get("map"));
            assertEquals(3, ((List<?>) run.get("dimensions")).size());
            String decoded = ask(HttpRequest.newBuilder(explorer.page().resolve("/api/decode"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"latents\": [0, 1, -1]}")));
            assertEquals(1, ((List<?>) JsonText.read(decoded, Map.class).get("images")).size(), decoded);
            assertTrue(ask(HttpRequest.newBuilder(explorer.page().resolve("/api/image?index=0")))
                    .contains("there are no test images"));
        }
    }

    @Test
    @DisplayName("made before runs kept the shape of their images, asks for what its weights do not tell")
    void oldRun() throws Exception {
        Files.delete(folder.resolve("run/dataset.json"));
        Outcome outcome = InProcess.in(folder).run("generate", "./run", "--image", "./samples.png");
        assertEquals(2, outcome.exitCode());
        assertTrue(
                outcome.errors()
                        .endsWith("without images, set dataset.size to [HEIGHT, WIDTH], the shape of the model's"),
                outcome.errors());
        succeed("generate", "./run", "--image", "./samples.png", "--set", "dataset.size=[8,12]");
        succeed("generate", "./run", "--image", "./samples.png", "--set", "dataset.path=" + trainedIn.resolve("moved"));
        Outcome wrong = InProcess.in(folder)
                .run("generate", "./run", "--image", "./samples.png", "--set", "dataset.size=[8,8]");
        assertEquals(2, wrong.exitCode());
    }

    @Test
    @DisplayName(
            "made before that with images of equal sides, is used with the shape that its weights tell, and says so")
    void oldSquareRun() throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
        succeed("train", "./tiny.json", "--out", "./square");
        Files.delete(folder.resolve("square/dataset.json"));
        Folders.remove(folder.resolve("images"));
        Outcome outcome = succeed("generate", "./square", "--image", "./samples.png");
        assertTrue(
                outcome.errors().contains("it is taken from the weights: 1x8x8, as images with equal sides have"),
                outcome.errors());
        assertFalse(succeed(
                        "decode",
                        "--config",
                        "./tiny.json",
                        "--weights",
                        "./square/checkpoints/best.safetensors",
                        Files.writeString(folder.resolve("latents.csv"), "mean_1,mean_2\n0,0\n")
                                .toString(),
                        "--image",
                        "./one.png")
                .errors()
                .isEmpty());
    }

    @Test
    @DisplayName(
            "of a kind of data set whose provider is gone, generates; what needs the images says which kind is missing")
    void providerGone() throws Exception {
        for (String file : List.of("config.json", "dataset.json")) {
            Path json = folder.resolve("run").resolve(file);
            Files.writeString(json, Files.readString(json).replace("\"images\"", "\"stripes\""));
        }
        succeed("generate", "./run", "--image", "./samples.png");
        Outcome outcome = InProcess.in(folder).run("evaluate", "./run");
        assertEquals(2, outcome.exitCode());
        assertTrue(
                outcome.errors()
                        .contains(
                                "dataset.name: found data set \"stripes\", expected one of emnist, idx, images, mnist"),
                outcome.errors());
    }

    @Test
    @DisplayName("with a damaged record says which file it is and what is missing")
    void damagedRecord() throws Exception {
        Files.writeString(folder.resolve("run/dataset.json"), "{ \"name\": \"dots\" }");
        Outcome outcome = InProcess.in(folder).run("generate", "./run", "--image", "./samples.png");
        assertEquals(
                new Outcome(
                        2,
                        "",
                        "error: run/dataset.json: image: found nothing, expected channels, height and width of the images of"
                                + " the run"),
                outcome);
    }

    private Outcome succeed(String... arguments) {
        return InProcess.in(folder).succeed(arguments);
    }

    private static String ask(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
