package dev.vaelab.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("With little memory")
class LittleMemoryTest {
    private static final int LARGE = 5000;

    @TempDir
    private Path path;

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    @DisplayName("a sound picture is not called damaged: the limit is named, and how to raise it")
    void largePicture(String format) throws IOException {
        Pictures pictures = new Pictures(path);
        pictures.put("a." + format, Pictures.encoded(Pictures.grey(LARGE, LARGE, 1), format));
        pictures.put("b." + format, Pictures.encoded(Pictures.grey(LARGE, LARGE, 2), format));
        pictures.put("c." + format, Pictures.encoded(Pictures.grey(LARGE, LARGE, 3), format));
        String found = describe("-Xmx24m");
        List<String> problems = found.lines().toList();
        assertEquals(3, problems.size(), found);
        for (int index = 0; index < 3; index++) {
            assertTrue(
                    problems.get(index)
                            .matches(path + "/" + "abc".charAt(index) + "." + format
                                    + ": found a picture 5000 high and 5000 wide for which memory ran out, expected one that the"
                                    + " heap of 2\\d MB can hold while it is read; give Java more memory, with"
                                    + " VAE_JAVA_OPTIONS=-Xmx4g for example, or make the picture smaller"),
                    found);
        }
    }

    @Test
    @DisplayName("pictures are read one after the other if there is not enough for several at once")
    void oneAtATime() throws IOException {
        Pictures pictures = new Pictures(path);
        for (int index = 0; index < 6; index++) {
            pictures.put(index + ".png", Pictures.png(Pictures.grey(2500, 2500, index)));
        }
        String found = describe("-Xmx44m");
        assertEquals(6, found.chars().filter(character -> character == ':').count(), found);
    }

    @Test
    @DisplayName("IDX files that do not fit beside each other are no internal error")
    void idx() throws IOException {
        IdxFolder folder = IdxFolder.create(path);
        folder.put(IdxFolder.TRAINING_IMAGES, IdxFolder.images(15, 1000, 1000));
        folder.put(IdxFolder.TRAINING_LABELS, IdxFolder.labels(15));
        folder.put(IdxFolder.TEST_IMAGES, IdxFolder.images(15, 1000, 1000));
        folder.put(IdxFolder.TEST_LABELS, IdxFolder.labels(15));
        String found =
                DatasetProcess.describe(List.of(), List.of("-Xmx26m", "-XX:+UseSerialGC"), Map.of(), "idx", path);
        assertTrue(
                found.matches(
                        path
                                + "/t10k-images-idx3-ubyte: found a header that asks for 15000000 values, expected fewer than"
                                + " the heap of 2\\d MB has free; give Java more memory, with VAE_JAVA_OPTIONS=-Xmx4g for example"),
                found);
    }

    private String describe(String heap) throws IOException {
        return DatasetProcess.describe(
                List.of(),
                List.of(
                        heap,
                        "-XX:+UseSerialGC",
                        "-D" + DatasetProcess.SIDE + "=4",
                        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=3"),
                Map.of(),
                "images",
                path);
    }
}
