package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiments.EventFileReader.Histogram;
import dev.vaelab.experiments.EventFileReader.Picture;
import dev.vaelab.experiments.EventFileReader.Value;
import dev.vaelab.experiments.Program.Outcome;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Event files for TensorBoard")
final class TensorBoardTest {
    private static final List<String> TAGS = List.of(
            "training/reconstruction",
            "training/kl",
            "training/total",
            "validation/reconstruction",
            "validation/kl",
            "validation/total",
            "validation/loss",
            "settings/learning_rate",
            "settings/beta",
            "speed/images_per_second",
            "speed/resident_megabytes",
            "samples",
            "reconstructions",
            "latent/means");

    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "hold every epoch's figures, pictures and latent means; a resumed training goes on in a file of its own")
    void wholeTraining() throws Exception {
        TinyExperiment.write(folder);
        train("train", "tiny.json", "--set", "logging.tensorboard=true", "--out", "run");
        train("train", "--resume", "run", "--set", "training.epochs=3");

        Path run = folder.resolve("run");
        List<Path> files = files(run.resolve("tensorboard"));
        assertEquals(2, files.size());
        List<Value> values = new ArrayList<>();
        for (Path file : files) {
            assertTrue(
                    file.getFileName().toString().matches("events\\.out\\.tfevents\\.\\d{10}\\..+"), file.toString());
            values.addAll(EventFileReader.read(file));
        }
        List<String> epochs = Files.readAllLines(run.resolve("metrics.jsonl"));
        assertEquals(3, epochs.size());
        assertEquals(3 * TAGS.size(), values.size());
        for (int epoch = 1; epoch <= 3; epoch++) {
            List<Value> own = values.subList((epoch - 1) * TAGS.size(), epoch * TAGS.size());
            assertEquals(TAGS, own.stream().map(Value::tag).toList());
            assertScalars(JsonText.read(epochs.get(epoch - 1), Map.class), own);
            assertPicture(own.get(12).picture());
            assertArrayEquals(
                    Files.readAllBytes(run.resolve("images/epochs/samples-00" + epoch + ".png")),
                    own.get(11).picture().png());
            // Eight images to validate on, two latent dimensions.
            assertHistogram(own.get(13).histogram(), 16);
        }
    }

    @Test
    @DisplayName("are not written unless they are asked for")
    void offByDefault() throws Exception {
        TinyExperiment.write(folder);
        train("train", "tiny.json", "--set", "training.epochs=1", "--out", "run");
        assertFalse(Files.exists(folder.resolve("run/tensorboard")));
    }

    @Test
    @DisplayName("are refused by the reader of this test if a single bit is wrong")
    void damage() throws Exception {
        TinyExperiment.write(folder);
        train("train", "tiny.json", "--set", "logging.tensorboard=true", "--set", "training.epochs=1", "--out", "run");
        Path file = files(folder.resolve("run/tensorboard")).get(0);
        byte[] bytes = Files.readAllBytes(file);
        for (int place : List.of(0, 9, 20, bytes.length / 2, bytes.length - 1)) {
            byte[] damaged = bytes.clone();
            damaged[place] ^= 4;
            Files.write(file, damaged);
            assertThrows(IOException.class, () -> EventFileReader.read(file), "byte " + place);
        }
    }

    private static void assertScalars(Map<?, ?> metrics, List<Value> values) {
        for (Value value : values) {
            assertEquals(((Number) metrics.get("steps")).longValue(), value.step());
        }
        for (int figure = 0; figure < 6; figure++) {
            String[] path = TAGS.get(figure).split("/");
            double expected = (double) ((Map<?, ?>) metrics.get(path[0])).get(path[1]);
            assertEquals((float) expected, values.get(figure).scalar(), TAGS.get(figure));
        }
        assertEquals(toFloat(metrics.get("validationLoss")), values.get(6).scalar());
        assertEquals(toFloat(metrics.get("learningRate")), values.get(7).scalar());
        assertEquals(toFloat(metrics.get("beta")), values.get(8).scalar());
        assertEquals(toFloat(metrics.get("imagesPerSecond")), values.get(9).scalar());
    }

    private static Float toFloat(Object number) {
        return ((Number) number).floatValue();
    }

    private static void assertPicture(Picture picture) throws IOException {
        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(picture.png()));
        assertNotNull(decoded);
        assertEquals(decoded.getWidth(), picture.width());
        assertEquals(decoded.getHeight(), picture.height());
        assertEquals(3, picture.colours());
    }

    private static void assertHistogram(Histogram histogram, int values) {
        assertEquals(values, histogram.count());
        assertEquals(
                values,
                histogram.counts().stream().mapToDouble(Double::doubleValue).sum());
        assertEquals(histogram.limits().size(), histogram.counts().size());
        assertEquals(histogram.limits().stream().sorted().distinct().toList(), histogram.limits());
        assertTrue(histogram.min() < histogram.limits().get(0));
        assertEquals(histogram.max(), histogram.limits().get(histogram.limits().size() - 1));
        assertTrue(histogram.counts().get(0) >= 1
                && histogram.counts().get(histogram.counts().size() - 1) >= 1);
        assertTrue(histogram.sumOfSquares() * values >= histogram.sum() * histogram.sum());
    }

    private void train(String... arguments) throws Exception {
        Outcome outcome = Program.run(folder, arguments);
        assertEquals(0, outcome.exitCode(), outcome.errors());
        assertFalse(outcome.errors().contains("warning"), outcome.errors());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
