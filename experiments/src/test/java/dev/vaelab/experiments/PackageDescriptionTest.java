package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Packages")
final class PackageDescriptionTest {
    @Test
    @DisplayName("Every package of every module says in its package-info what it is for")
    void everyPackageIsDescribed() throws IOException {
        Path root = Path.of("..");
        List<Path> packages;
        try (Stream<Path> modules = Files.list(root)) {
            packages = modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(PackageDescriptionTest::packagesBelow)
                    .toList();
        }
        assertTrue(packages.size() > 10, "only " + packages + " seen");
        assertEquals(
                List.of(),
                packages.stream()
                        .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                        .toList());
    }

    private static Stream<Path> packagesBelow(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
