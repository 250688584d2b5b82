package dev.vaelab.experiment.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.experiment.TinyModel;
import dev.vaelab.training.PosteriorValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The table of posteriors")
final class PosteriorFileTest {
    private static final int IMAGES = 5;
    private static final int LATENT = 3;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("has a header and a row for each image, whose numbers give the very same floats back in any locale")
    void content() throws IOException {
        Path file = folder.resolve("posteriors.csv");
        ImageSubset images = TinyModel.images(IMAGES);
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try (VaeModel<?> model = TinyModel.request(LATENT).create(TinyModel.backend())) {
            PosteriorFile.write(file, model, images, List.of("dog", "cat, \"old\""), 2);
            List<String> lines = List.of(Files.readString(file).split("\r\n", -1));
            assertEquals("index,label,mean_1,mean_2,mean_3,deviation_1,deviation_2,deviation_3,class", lines.get(0));
            assertEquals(IMAGES + 2, lines.size());
            assertEquals("", lines.get(IMAGES + 1), "the last row ends its line too");
            for (int image = 0; image < IMAGES; image++) {
                String[] cells = lines.get(1 + image).split(",", 3 + 2 * LATENT);
                assertEquals(3 + 2 * LATENT, cells.length);
                assertEquals(IMAGES - 1 - image, Integer.parseInt(cells[0]), "place in the data set");
                assertEquals((IMAGES - 1 - image) % 3, Integer.parseInt(cells[1]), "label");
                String name = List.of("dog", "\"cat, \"\"old\"\"\"", "").get((IMAGES - 1 - image) % 3);
                assertEquals(name, cells[2 + 2 * LATENT], "class, quoted where it must be, empty where it is unknown");
                // The engine may round differently in a batch of another size; two is the size above.
                int from = image / 2 * 2;
                PosteriorValues expected = PosteriorValues.of(model, images, from, Math.min(2, IMAGES - from));
                for (int dimension = 0; dimension < LATENT; dimension++) {
                    int index = image % 2 * LATENT + dimension;
                    assertEquals(expected.means()[index], Float.parseFloat(cells[2 + dimension]));
                    assertEquals(
                            (float) Math.exp(expected.logVariances()[index] / 2),
                            Float.parseFloat(cells[2 + LATENT + dimension]));
                }
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    @DisplayName("is left as it was, without a trace beside it, if the model fails in the midst of it")
    void failure() throws IOException {
        Path file = Files.writeString(folder.resolve("posteriors.csv"), "old");
        VaeModel<?> closed = TinyModel.request(LATENT).create(TinyModel.backend());
        closed.close();
        assertThrows(
                IllegalStateException.class,
                () -> PosteriorFile.write(file, closed, TinyModel.images(IMAGES), List.of(), 2));
        assertEquals("old", Files.readString(file));
        assertArrayEquals(new String[] {"posteriors.csv"}, folder.toFile().list());
    }

    @Test
    @DisplayName("cannot be written into a folder that is not there")
    void noFolder() {
        try (VaeModel<?> model = TinyModel.request(LATENT).create(TinyModel.backend())) {
            Path file = folder.resolve("nowhere/posteriors.csv");
            assertThrows(IOException.class, () -> PosteriorFile.write(file, model, TinyModel.images(1), List.of(), 2));
            assertTrue(Files.notExists(file));
        }
    }
}
