package dev.vaelab.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.experiment.DatasetConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The names of classes")
final class ClassNamesTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("are those of the class folders, in the order of the labels")
    void classFolders() throws IOException {
        Pictures pictures = new Pictures(folder);
        for (int index = 0; index < 3; index++) {
            pictures.put("dog, small/" + index + ".png", Pictures.grey(4, 4, index));
            pictures.put("cat/old/" + index + ".png", Pictures.grey(4, 4, index));
        }
        Dataset dataset = open();
        assertEquals(List.of("cat", "dog, small"), dataset.classNames());
        assertEquals(Optional.of("dog, small"), dataset.className(1));
        assertEquals(Optional.empty(), dataset.className(2));
    }

    @Test
    @DisplayName("are those of the class folders of train and test together")
    void dividedFolders() throws IOException {
        Pictures pictures = new Pictures(folder);
        pictures.put("train/dog/1.png", Pictures.grey(4, 4, 1));
        pictures.put("train/dog/2.png", Pictures.grey(4, 4, 2));
        pictures.put("test/bird/1.png", Pictures.grey(4, 4, 3));
        assertEquals(List.of("bird", "dog"), open().classNames());
    }

    @Test
    @DisplayName("are unknown of pictures in one folder")
    void oneFolder() throws IOException {
        Pictures pictures = new Pictures(folder);
        for (int index = 0; index < 3; index++) {
            pictures.put(index + ".png", Pictures.grey(4, 4, index));
        }
        assertEquals(List.of(), open().classNames());
    }

    @Test
    @DisplayName("are the digits for MNIST")
    void digits() {
        Dataset mnist = new MnistProvider().open(new DatasetConfig("mnist", null, null, null, null, null, null, null));
        assertEquals(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), mnist.classNames());
    }

    @Test
    @DisplayName("are known of Fashion-MNIST by the checksums of its labels, and of other files not")
    void fashion() {
        String training = "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9";
        String test = "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34";
        List<String> names = KnownClasses.of(List.of("images", training, "more images", test));
        assertEquals("T-shirt/top", names.get(0));
        assertEquals("Ankle boot", names.get(9));
        assertEquals(10, names.size());
        assertEquals(List.of(), KnownClasses.of(List.of(training)));
    }

    private Dataset open() {
        return new ImageFolderProvider()
                .open(new DatasetConfig("images", folder.toString(), null, null, null, null, null, null));
    }
}
