package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A folder of colour pictures in class folders")
final class ColourPicturesTest {
    private static final int WIDTH = 24;
    private static final int HEIGHT = 16;

    /** Of a total after a few steps, in which rounding is hardly amplified. */
    private static final double TOLERANCE = 1e-3;

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        for (String label : List.of("cat", "dog")) {
            Path pictures = Files.createDirectories(folder.resolve("pets").resolve(label));
            for (int i = 0; i < 20; i++) {
                write(pictures.resolve(i + ".png"), WIDTH, i * label.hashCode());
            }
        }
        Files.writeString(folder.resolve("pets.yaml"), """
                name: pets
                backend: reference
                dataset: {name: images, path: PETS, validation: 6}
                model: {latent: 3, channels: [4, 6], hidden: 16}
                training: {epochs: 2, batchSize: 8}
                """.replace(
                        "PETS", folder.resolve("pets").toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dataset.color=rgb", "dataset.size=[8,12]"})
    @DisplayName("is trained on from a file alone, resized or not, and all engines agree")
    void trains(String setting) throws Exception {
        double expected = total("reference", setting);
        for (String backend : List.of("dl4j", "djl")) {
            assertEquals(expected, total(backend, setting), TOLERANCE * expected, backend);
        }
        BufferedImage picture =
                ImageIO.read(folder.resolve("djl/images/reconstructions.png").toFile());
        assertTrue(picture.getRaster().getNumBands() >= 3, "pictures of the run are in colour");
    }

    @Test
    @DisplayName("is refused if a picture has another size, which is named")
    void otherSize() throws Exception {
        write(folder.resolve("pets/dog/odd.png"), WIDTH + 4, 0);
        Outcome outcome = InProcess.in(folder).run("train", "./pets.yaml");
        assertEquals(2, outcome.exitCode(), outcome.errors());
        assertEquals(
                "error: pets/dog/odd.png: found a picture 16 high and 28 wide, expected 16 high and 24 wide, as cat/0.png is;"
                        + " set dataset.size to [16, 24] to resize every picture",
                outcome.errors());
    }

    private double total(String backend, String setting) throws Exception {
        Outcome outcome = InProcess.in(folder)
                .run("train", "./pets.yaml", "--backend", backend, "--set", setting, "--out", "./" + backend, "--json");
        assertEquals(0, outcome.exitCode(), outcome.errors());
        return (Double) ((Map<?, ?>) outcome.json().get("test")).get("total");
    }

    private static void write(Path file, int width, int shift) throws IOException {
        BufferedImage picture = new BufferedImage(width, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, (x * 9 << 16 | y * 15 << 8 | (x + y) * 5) + shift & 0xffffff);
            }
        }
        assertTrue(ImageIO.write(picture, "png", file.toFile()));
    }
}
