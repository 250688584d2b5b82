package dev.vaelab.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ValidationSize;
import dev.vaelab.api.model.ImageShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("EMNIST")
class EmnistProviderTest {
    /** Of the six data sets: classes, the label of the first one, and what the last label stands for. */
    private static final String SPLITS = """
            balanced, 47, t
            byclass,  62, z
            bymerge,  47, t
            digits,   10, 9
            letters,  27, z
            mnist,    10, 9
            """;

    private final EmnistProvider provider = new EmnistProvider();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(textBlock = SPLITS)
    @DisplayName("is read from its own files, compressed or not, with images that stand and names of classes")
    void splits(String split, int classes, String last) throws IOException {
        put(split, "train", 4, true);
        put(split, "test", 3, false);
        put("other", "train", 2, false);
        Dataset dataset = provider.open(config(split));
        assertEquals("emnist " + split, dataset.name());
        assertEquals(4, dataset.training().count());
        assertEquals(3, dataset.test().count());
        assertEquals(classes, dataset.classNames().size());
        assertEquals(Optional.of(last), dataset.className(classes - 1));
        assertEquals(
                List.of(
                                "train-images-idx3-ubyte",
                                "train-labels-idx1-ubyte",
                                "test-images-idx3-ubyte",
                                "test-labels-idx1-ubyte")
                        .stream()
                        .map(name -> "emnist-" + split + "-" + name)
                        .toList(),
                List.copyOf(dataset.checksums().keySet()));
    }

    @Test
    @DisplayName("has its images upright: the files have columns where others have rows")
    void transposed() throws IOException {
        Files.write(folder.resolve("emnist-digits-train-images-idx3-ubyte"), IdxFolder.images(2, 2, 3));
        Files.write(folder.resolve("emnist-digits-train-labels-idx1-ubyte"), IdxFolder.labels(2));
        Files.write(folder.resolve("emnist-digits-test-images-idx3-ubyte"), IdxFolder.images(1, 2, 3));
        Files.write(folder.resolve("emnist-digits-test-labels-idx1-ubyte"), IdxFolder.labels(1));
        Dataset dataset = provider.open(config("digits"));
        assertEquals(new ImageShape(1, 3, 2), dataset.training().shape());
        float[] pixels = new float[12];
        dataset.training().copyPixels(0, pixels, 0);
        dataset.training().copyPixels(1, pixels, 6);
        int[] bytes = new int[12];
        for (int index = 0; index < 12; index++) {
            bytes[index] = Math.round(pixels[index] * 255);
        }
        assertArrayEquals(new int[] {0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11}, bytes);
        assertEquals(
                Sha256.of(IdxFolder.images(2, 2, 3)), dataset.checksums().get("emnist-digits-train-images-idx3-ubyte"));
    }

    @Test
    @DisplayName("has letters with labels from 1 on, as the files have them")
    void letters() throws IOException {
        put("letters", "train", 27, false);
        put("letters", "test", 3, false);
        Dataset dataset = provider.open(config("letters"));
        assertEquals(26, dataset.training().label(26));
        assertEquals("a", dataset.className(1).orElseThrow());
        assertEquals("z", dataset.className(26).orElseThrow());
    }

    @Test
    @DisplayName("needs to know which of its data sets, and takes no keys of pictures")
    void keys() {
        assertEquals(
                List.of(
                        "dataset.path: found nothing, expected the folder of the files of EMNIST; add this key",
                        "dataset.split: found nothing, expected one of balanced, byclass, bymerge, digits, letters, mnist; add"
                                + " this key",
                        "dataset.size: found [2, 3], expected no size, since emnist takes its images as they are; remove the"
                                + " key, which is for the data set images"),
                check(new DatasetConfig(
                        "emnist", null, null, List.of(2, 3), null, null, null, null, null, null, null)));
        assertEquals(
                List.of(
                        "dataset.split: found Letters, expected one of balanced, byclass, bymerge, digits, letters, mnist"),
                check(config("Letters")));
        assertEquals(List.of(), check(config("letters")));
        assertThrows(InvalidInputException.class, () -> provider.open(config("letter")));
    }

    @Test
    @DisplayName("tells which files are missing, and which of its data sets a folder has instead")
    void missing() throws IOException {
        put("balanced", "train", 1, true);
        put("digits", "test", 1, true);
        put("letters", "test", 1, true);
        InvalidInputException exception =
                assertThrows(InvalidInputException.class, () -> provider.open(config("letters")));
        assertEquals(
                List.of(
                        folder + "/emnist-letters-train-images-idx3-ubyte: found no such file, expected one of"
                                + " emnist-letters-train-images-idx3-ubyte, emnist-letters-train-images-idx3-ubyte.gz,"
                                + " emnist-letters-train-images.idx3-ubyte, emnist-letters-train-images.idx3-ubyte.gz; the folder has"
                                + " files of balanced, digits",
                        folder + "/emnist-letters-train-labels-idx1-ubyte: found no such file, expected one of"
                                + " emnist-letters-train-labels-idx1-ubyte, emnist-letters-train-labels-idx1-ubyte.gz,"
                                + " emnist-letters-train-labels.idx1-ubyte, emnist-letters-train-labels.idx1-ubyte.gz; the folder has"
                                + " files of balanced, digits"),
                exception.problems().stream().map(Problem::toString).toList());
    }

    @Test
    @DisplayName("is the only kind with a split")
    void onlyKind() {
        for (var other : Map.of(
                        "mnist",
                        new MnistProvider(),
                        "idx",
                        new IdxFolderProvider(),
                        "images",
                        new ImageFolderProvider())
                .entrySet()) {
            String path = other.getKey().equals("mnist") ? null : "nowhere";
            assertEquals(
                    List.of("dataset.split: found letters, expected no split, since " + other.getKey()
                            + " is one data set; remove the key, which is for the data set emnist"),
                    other
                            .getValue()
                            .check(new DatasetConfig(
                                    other.getKey(),
                                    path,
                                    "letters",
                                    null,
                                    null,
                                    ValidationSize.ofImages(1),
                                    null,
                                    null,
                                    null,
                                    null,
                                    null))
                            .stream()
                            .map(Problem::toString)
                            .toList());
        }
    }

    private List<String> check(DatasetConfig config) {
        return provider.check(config).stream().map(Problem::toString).toList();
    }

    private DatasetConfig config(String split) {
        return new DatasetConfig(
                "emnist",
                folder.toString(),
                split,
                null,
                null,
                ValidationSize.ofImages(1),
                null,
                null,
                null,
                null,
                null);
    }

    private void put(String split, String part, int count, boolean compressed) throws IOException {
        String suffix = compressed ? ".gz" : "";
        byte[] images = IdxFolder.images(count, 28, 28);
        byte[] labels = IdxFolder.labels(count);
        Files.write(
                folder.resolve("emnist-" + split + "-" + part + "-images-idx3-ubyte" + suffix),
                compressed ? IdxFolder.gzip(images) : images);
        Files.write(
                folder.resolve("emnist-" + split + "-" + part + "-labels-idx1-ubyte" + suffix),
                compressed ? IdxFolder.gzip(labels) : labels);
    }
}
