package dev.vaelab.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.experiment.ColorMode;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.model.ImageShape;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The embedded MNIST")
class MnistProviderTest {
    private static final DatasetConfig CONFIG = new DatasetConfig("mnist", null, null, null, null, null, null, null);

    @Test
    @DisplayName("is the whole of MNIST, with the checksums of the original files")
    void wholeOfMnist() {
        Dataset dataset = new MnistProvider().open(CONFIG);
        assertEquals("mnist", dataset.name());
        assertEquals(new ImageShape(1, 28, 28), dataset.training().shape());
        assertEquals(60_000, dataset.training().count());
        assertEquals(10_000, dataset.test().count());
        assertEquals(
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                dataset.checksums().get("train-images-idx3-ubyte"));
        assertEquals(
                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                dataset.checksums().get("train-labels-idx1-ubyte"));
        assertEquals(
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                dataset.checksums().get("t10k-images-idx3-ubyte"));
        assertEquals(
                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
                dataset.checksums().get("t10k-labels-idx1-ubyte"));
    }

    @Test
    @DisplayName("has as many images of each digit as its authors counted")
    void digits() {
        Dataset dataset = new MnistProvider().open(CONFIG);
        assertArrayEquals(
                new int[] {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949}, digits(dataset.training()));
        assertArrayEquals(new int[] {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009}, digits(dataset.test()));
    }

    @Test
    @DisplayName("takes no path, no size and no colours")
    void refusesOtherKeys() {
        DatasetConfig config =
                new DatasetConfig("mnist", "my/digits", List.of(32, 32), ColorMode.RGB, null, null, null, null);
        MnistProvider provider = new MnistProvider();
        InvalidInputException failure = assertThrows(InvalidInputException.class, () -> provider.open(config));
        assertEquals(provider.check(config), failure.problems());
        assertEquals(
                String.join(
                        System.lineSeparator(),
                        "dataset.path: found my/digits, expected no path, since mnist comes with the program; remove the"
                                + " path, or choose the data set idx or images to read files from a folder",
                        "dataset.size: found [32, 32], expected no size, since mnist takes its images as they are; remove"
                                + " the key, which is for the data set images",
                        "dataset.color: found rgb, expected no color, since mnist takes its images as they are; remove the"
                                + " key, which is for the data set images"),
                failure.getMessage());
    }

    @Test
    @DisplayName("is refused with every file that is not the original")
    void refusesOtherContent() {
        MnistProvider provider = new MnistProvider(name ->
                new ByteArrayInputStream(name.contains("images") ? IdxFolder.images(3, 2, 3) : IdxFolder.labels(3)));
        assertEquals(
                String.join(
                        System.lineSeparator(),
                        "embedded mnist: train-images-idx3-ubyte: found SHA-256 0be823900fd737b5e43178fc03f9057c51b61fc5e0c09df5ca1d94a3a341a120"
                                + ", expected ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db; the program"
                                + " is damaged: build or install it again",
                        "embedded mnist: train-labels-idx1-ubyte: found SHA-256 b42326e57648289720e40f7c6f074d678a6bb041e7d1157a777e375b9269c0f5"
                                + ", expected 65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5; the program"
                                + " is damaged: build or install it again",
                        "embedded mnist: t10k-images-idx3-ubyte: found SHA-256 0be823900fd737b5e43178fc03f9057c51b61fc5e0c09df5ca1d94a3a341a120"
                                + ", expected 0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7; the program"
                                + " is damaged: build or install it again",
                        "embedded mnist: t10k-labels-idx1-ubyte: found SHA-256 b42326e57648289720e40f7c6f074d678a6bb041e7d1157a777e375b9269c0f5"
                                + ", expected ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2; the program"
                                + " is damaged: build or install it again"),
                assertThrows(InvalidInputException.class, () -> provider.open(CONFIG))
                        .getMessage());
    }

    @Test
    @DisplayName("is refused if a file is missing from the program")
    void refusesMissingResources() {
        MnistProvider provider = new MnistProvider(name -> {
            throw new FileNotFoundException("no such resource");
        });
        assertEquals(
                String.join(
                        System.lineSeparator(),
                        "embedded mnist: train-images-idx3-ubyte: found no such resource, expected a file that can be read",
                        "embedded mnist: train-labels-idx1-ubyte: found no such resource, expected a file that can be read",
                        "embedded mnist: t10k-images-idx3-ubyte: found no such resource, expected a file that can be read",
                        "embedded mnist: t10k-labels-idx1-ubyte: found no such resource, expected a file that can be read"),
                assertThrows(InvalidInputException.class, () -> provider.open(CONFIG))
                        .getMessage());
    }

    @Test
    @DisplayName("comes with the names of its authors and its licence")
    void attribution() throws IOException {
        try (InputStream stream = MnistProvider.class.getResourceAsStream("mnist/ATTRIBUTION.txt")) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(text.contains("Yann LeCun, Corinna Cortes, Christopher J.C. Burges"));
            assertTrue(text.contains("CC BY-SA 3.0"));
        }
    }

    private static int[] digits(LabelledImages images) {
        int[] counts = new int[10];
        for (int image = 0; image < images.count(); image++) {
            counts[images.label(image)]++;
        }
        return counts;
    }
}
