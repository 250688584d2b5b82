package dev.vaelab.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Broken experiment files")
class BrokenFilesTest {
    private static final Path FOLDER = Path.of("src/test/resources/dev/vaelab/experiment/file/broken");

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    @DisplayName("are reported completely, word for word")
    void isReported(String name) throws IOException {
        assertEquals(Files.readString(FOLDER.resolve(name + ".expected")), new ExperimentFolder(FOLDER).problems(name));
    }

    @Test
    @DisplayName("exist in both languages")
    void existInBothLanguages() throws IOException {
        List<String> names = files().toList();

        assertEquals(names(names, ".json"), names(names, ".yaml"));
        assertTrue(names(names, ".json").size() >= 10, "ten files at least");
    }

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json") || name.endsWith(".yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static List<String> names(List<String> files, String ending) {
        return files.stream()
                .filter(file -> file.endsWith(ending))
                .map(file -> file.substring(0, file.length() - ending.length()))
                .toList();
    }
}
