package dev.vaelab.experiment.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.experiment.TinyModel;
import dev.vaelab.training.PosteriorValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A table of latents")
final class LatentFileTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("gives the very means back that encode wrote, whatever the classes are called")
    void wayBack() throws IOException {
        Path file = folder.resolve("posteriors.csv");
        try (VaeModel<?> model = TinyModel.request(3).create(TinyModel.backend())) {
            PosteriorFile.write(file, model, TinyModel.images(5), List.of("a,b", "\"", "line\nbreak"), 5);
            assertArrayEquals(
                    PosteriorValues.of(model, TinyModel.images(5), 5).means(),
                    LatentFile.read(file, 3, 0, 100).values());
        }
    }

    @Test
    @DisplayName(
            "may have its columns in any order and others between them, called mean_1 or z_1, with empty lines and spaces")
    void tolerant() throws IOException {
        assertArrayEquals(new float[] {1, -2.5f, 3e-3f, .5f}, read("""
                \ufeffname, mean_2 ,x,mean_1

                first,-2.5,?, 1
                "second, quoted",+.5,,3E-3
                """, 2));
        assertArrayEquals(new float[] {1, 2}, read("z_1,z_2\r\n1,2", 2));
        assertArrayEquals(new float[] {7, 8}, read("mean_1\n7\n8\n", 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b\\n1,2 | , line 1: found no column of latents, expected the columns mean_1 to mean_2; encode writes such a"
                        + " table; z_1 and so on will do as well, and other columns are passed over",
                "1.5,2\\n3,4 | , line 1: found no column of latents, expected the columns mean_1 to mean_2; encode writes such a"
                        + " table; z_1 and so on will do as well, and other columns are passed over",
                "mean_1\\n1 | , line 1: found 1 dimension (mean_1), expected the columns mean_1 to mean_2, since the model has 2"
                        + " dimensions",
                "z_1,z_2,z_3\\n1,2,3 | , line 1: found 3 dimensions (z_1 to z_3), expected the columns z_1 to z_2, since the model"
                        + " has 2 dimensions",
                "mean_1,mean_3\\n1,2 | , line 1: found 2 dimensions (mean_1 to mean_3, without mean_2), expected the columns mean_1"
                        + " to mean_2, since the model has 2 dimensions",
                "mean_1,mean_2,mean_1\\n1,2,3 | , line 1, column mean_1: found two columns of this name, expected one",
                "mean_1,mean_2\\n1,2\\n3 | , line 3: found 1 value, expected 2, one for each column",
                "mean_1,mean_2\\n1,2,3 | , line 2: found 3 values, expected 2, one for each column",
                "mean_1,mean_2\\n1,2\\n\\n3,two | , line 4, column mean_2: found two, expected a number",
                "mean_1,mean_2\\n1,NaN | , line 2, column mean_2: found NaN, expected a number",
                "mean_1,mean_2\\n1,0x1p3 | , line 2, column mean_2: found 0x1p3, expected a number",
                "mean_1,mean_2\\n1, | , line 2, column mean_2: found nothing, expected a number",
                "mean_1,mean_2\\n1e39,0 | , line 2, column mean_1: found 1e39, expected a number that float32 holds",
                "mean_1,mean_2 | : found no row below the names of the columns, expected a table of latents, as encode writes it",
                "'' | : found an empty file, expected a table of latents, as encode writes it"
            })
    @DisplayName("is refused with line and column of what is wrong")
    void wrong(String text, String problem) {
        InvalidInputException failure =
                assertThrows(InvalidInputException.class, () -> read(text.replace("\\n", "\n"), 2));
        assertEquals(folder.resolve("latents.csv") + problem, failure.getMessage());
    }

    @Test
    @DisplayName("is read until twenty things are wrong, and no longer than rows are allowed")
    void limits() {
        InvalidInputException wrong =
                assertThrows(InvalidInputException.class, () -> read("mean_1,mean_2\n" + "a,b\n".repeat(1000), 2));
        assertEquals(20, wrong.problems().size());
        InvalidInputException many =
                assertThrows(InvalidInputException.class, () -> read("mean_1\n" + "1\n".repeat(101), 1));
        assertEquals(
                folder.resolve("latents.csv")
                        + ", line 102: found another row, expected at most 100 rows, which are so many images",
                many.getMessage());
    }

    @Test
    @DisplayName("whose quotes do not fit together is refused with the line")
    void quotes() {
        InvalidInputException failure =
                assertThrows(InvalidInputException.class, () -> read("mean_1,mean_2\n\"1\"x,2\n", 2));
        assertTrue(
                failure.getMessage()
                        .contains("no comma-separated values (Exception when reading record that started in line 2"),
                failure.getMessage());
    }

    @Test
    @DisplayName("that is not there, or is a folder, is refused with its name")
    void missing() {
        Path nowhere = folder.resolve("nowhere.csv");
        InvalidInputException failure =
                assertThrows(InvalidInputException.class, () -> LatentFile.read(nowhere, 2, 0, 100));
        assertEquals(
                nowhere + ": found no such file, expected a table of latents, as encode writes it",
                failure.getMessage());
        InvalidInputException directory =
                assertThrows(InvalidInputException.class, () -> LatentFile.read(folder, 2, 0, 100));
        assertEquals(
                folder + ": found a folder, expected a table of latents, as encode writes it", directory.getMessage());
    }

    private float[] read(String text, int latent) throws IOException {
        return LatentFile.read(Files.writeString(folder.resolve("latents.csv"), text), latent, 0, 100)
                .values();
    }
}
