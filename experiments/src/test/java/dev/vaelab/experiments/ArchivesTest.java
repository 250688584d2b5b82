package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unpacked where somebody may put it, and run with a JDK and nothing of this project. */
@DisplayName("The archives of the distribution")
final class ArchivesTest {
    private static final Path TARGET = Path.of("../vae-cli/target");

    @TempDir
    private Path folder;

    private static Path tar;

    private static Path zip;

    @BeforeAll
    static void find() throws IOException {
        tar = newArchive(".tar.gz");
        zip = newArchive(".zip");
    }

    /** That of this build: one of an earlier build is older than the program's jar. */
    private static Path newArchive(String ending) throws IOException {
        List<Path> archives = List.of();
        if (Files.isDirectory(TARGET)) {
            try (Stream<Path> files = Files.list(TARGET)) {
                List<Path> all = files.toList();
                archives = all.stream()
                        .filter(file -> file.getFileName().toString().matches("vaelab-.*\\" + ending))
                        .filter(archive -> all.stream()
                                .filter(file ->
                                        file.getFileName().toString().matches("vae-cli-[^-]*(-SNAPSHOT)?\\.jar"))
                                .noneMatch(jar -> jar.toFile().lastModified()
                                        > archive.toFile().lastModified()))
                        .toList();
            }
        }
        assumeTrue(archives.size() == 1, "archives are made by the profile distribution: mvn verify -Pdistribution");
        return archives.get(0).toRealPath();
    }

    @Test
    @DisplayName("run from the tar.gz in a folder with a space in its name, on every engine")
    void fromTar() throws Exception {
        Path place = Files.createDirectories(folder.resolve("tools of mine"));
        Outcome unpacked = Program.await(new ProcessBuilder("tar", "-xzf", tar.toString()).directory(place.toFile()));
        assertEquals(0, unpacked.exitCode(), unpacked.errors());
        requireProgram(place, "reference", "djl", "dl4j");
    }

    @Test
    @DisplayName("run from the zip in a folder with a space in its name, with the permissions that it keeps")
    void fromZip() throws Exception {
        Path place = Files.createDirectories(folder.resolve("tools of mine"));
        URI uri = URI.create("jar:" + zip.toUri());
        try (FileSystem archive = FileSystems.newFileSystem(uri, Map.of("enablePosixFileAttributes", true));
                Stream<Path> entries = Files.walk(archive.getPath("/"))) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                Path target = place.resolve(entry.toString().substring(1));
                if (Files.isDirectory(entry)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(entry, target);
                    Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(entry));
                }
            }
        }
        requireProgram(place, "reference");
    }

    private void requireProgram(Path place, String... engines) throws Exception {
        List<Path> homes;
        try (Stream<Path> inside = Files.list(place)) {
            homes = inside.toList();
        }
        assertEquals(1, homes.size(), homes::toString);
        Path home = homes.get(0);
        assertEquals(filesBelow(TARGET.resolve("vaelab")), filesBelow(home));

        Path work = Files.createDirectory(folder.resolve("work"));
        TinyExperiment.write(work);
        Outcome version = run(home, work, "--version");
        assertEquals(0, version.exitCode(), version.errors());
        assertTrue(home.endsWith("vaelab-" + version.output().replaceAll("\\s.*|^vaelab ", "")), version.output());
        Outcome valid = run(home, work, "validate", "tiny.json");
        assertEquals("tiny.json: valid", valid.output(), valid.errors());
        for (String engine : engines) {
            Outcome trained = run(home, work, "train", "tiny.json", "--backend", engine, "--out", engine, "--json");
            assertEquals(0, trained.exitCode(), trained.errors());
            assertTrue(trained.json().containsKey("test"), trained.output());
        }
    }

    private static Outcome run(Path home, Path work, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/vae").toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder program = new ProcessBuilder(command).directory(work.toFile());
        program.environment().put("JAVA_HOME", System.getProperty("java.home"));
        program.environment().put("PATH", "/usr/bin:/bin");
        return Program.await(program);
    }

    private static TreeSet<String> filesBelow(Path root) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile)
                    .forEach(
                            file -> names.add(root.relativize(file) + (Files.isExecutable(file) ? " executable" : "")));
        }
        return names;
    }
}
