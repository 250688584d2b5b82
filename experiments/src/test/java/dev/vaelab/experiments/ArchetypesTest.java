package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.experiment.plugin.PluginPath;
import dev.vaelab.experiments.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generates projects as their authors do, from the archetypes and modules of this build, and builds them without a network. */
@DisplayName("Projects of the archetypes")
final class ArchetypesTest {
    private static final String PLUGIN = "org.apache.maven.plugins:maven-archetype-plugin:3.4.0:generate";
    private static final Pattern TESTS = Pattern.compile("Tests run: (\\d+), Failures: 0, Errors: 0");

    @TempDir
    private Path folder;

    private LocalRepository repository;

    @BeforeEach
    void install() throws Exception {
        assumeTrue(LocalRepository.isPackaged(), "archetypes are made when modules are packaged: mvn verify");
        repository = LocalRepository.create(folder.resolve("repository"));
        repository.installPom("");
        for (String module : List.of("vae-api", "vae-training", "vae-backend-reference", "vae-testkit")) {
            repository.installJar(module);
        }
        repository.installPom("archetypes");
        for (String kind : List.of("engine", "loss", "dataset")) {
            repository.installJar("archetypes/vae-archetype-" + kind);
        }
    }

    @Test
    @DisplayName("build and pass the contract, under names of their authors' choice")
    void build() throws Exception {
        generate("engine", "-Dengine=swift", "-DclassName=Swift");
        generate("loss", "-Dloss=gentle", "-DclassName=Gentle");
        generate("dataset");
        // One Maven for all three.
        Files.writeString(folder.resolve("pom.xml"), """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>org.example</groupId>
                  <artifactId>all</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <modules>
                    <module>my-engine</module>
                    <module>my-loss</module>
                    <module>my-dataset</module>
                  </modules>
                </project>
                """);
        Outcome built =
                maven("package", "-DexcludedGroups=slow", "-DargLine=" + String.join(" ", LocalRepository.SHORT_LIVED));
        assertEquals(0, built.exitCode(), built.output() + built.errors());
        // The contract of engines has some hundred tests, that of losses a dozen.
        List<Integer> tests = TESTS.matcher(built.output().replaceAll("(?m)^.* -- in .*$", ""))
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .toList();
        assertEquals(3, tests.size(), built.output());
        assertTrue(tests.get(0) > 300 && tests.get(1) > 5 && tests.get(2) >= 5, tests::toString);

        Path sources = Path.of("src/main/java/org/example/mine");
        assertTrue(Files.exists(folder.resolve("my-engine").resolve(sources).resolve("SwiftBackend.java")));
        assertTrue(Files.exists(folder.resolve("my-dataset").resolve(sources).resolve("StripesProvider.java")));
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        for (String kind : List.of("engine", "loss", "dataset")) {
            String jar = "my-" + kind + "-1.0-SNAPSHOT.jar";
            Files.copy(folder.resolve("my-" + kind + "/target").resolve(jar), plugins.resolve(jar));
        }
        ProcessBuilder program = Program.sequence(folder, "backends", "datasets", "schema");
        program.command().add(1, "-D" + PluginPath.PLUGINS + "=" + plugins);
        Outcome listed = Program.await(program);
        assertEquals(0, listed.exitCode(), listed.errors());
        for (String name : List.of("swift", "stripes", "gentle")) {
            assertTrue(listed.output().contains(name), name + " in " + listed.output());
        }
    }

    private void generate(String kind, String... settings) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                PLUGIN,
                "-DarchetypeGroupId=dev.vaelab",
                "-DarchetypeArtifactId=vae-archetype-" + kind,
                "-DarchetypeVersion=" + repository.version(),
                "-DgroupId=org.example",
                "-DartifactId=my-" + kind,
                "-Dpackage=org.example.mine"));
        arguments.addAll(Arrays.asList(settings));
        Outcome generated = maven(arguments.toArray(String[]::new));
        assertEquals(0, generated.exitCode(), generated.output() + generated.errors());
        try (Stream<Path> files = Files.walk(folder.resolve("my-" + kind))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                // Of the pom, ${vaelab.version} is its own.
                String text = Files.readString(file).replace("${vaelab.version}", "");
                assertTrue(!text.contains("${") && !text.contains("@project"), file + " has\n" + text);
            }
        }
    }

    private Outcome maven(String... arguments) throws Exception {
        return Program.await(repository.maven(folder, arguments));
    }
}
