package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.backend.Backends;
import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backends are compiled on the way, so that no class path but that of their jars has them. */
@DisplayName("Backends in jars")
final class BackendDiscoveryTest {
    private static final String SOURCE = """
            package PACKAGE;

            public final class MyBackend implements dev.vaelab.api.backend.VaeBackend {
                public MyBackend() { CONSTRUCTOR }
                public String name() { return "NAME"; }
                public String description() { return "computes nothing"; }
                public dev.vaelab.api.backend.EngineDescription engine() { return null; }
                public dev.vaelab.api.backend.Engine<?> open() { return null; }
            }
            """;

    @TempDir
    private Path folder;

    private Path plugins;

    @BeforeEach
    void createFolder() throws IOException {
        folder = folder.toRealPath();
        plugins = Files.createDirectory(folder.resolve("plugins"));
    }

    @Test
    @DisplayName("are found beside those of the program")
    void found() throws Exception {
        putJar("mine.jar", "mine", "mine", "");
        Outcome outcome = Program.await(Program.withPlugins(plugins, folder, "backends"));
        assertEquals(0, outcome.exitCode(), outcome.errors());
        assertTrue(outcome.output().contains("mine         computes nothing"), outcome.output());
        assertTrue(outcome.output().contains("reference "), outcome.output());
    }

    @Test
    @DisplayName("that have one name are an error with exit code 2, which names both jars")
    void oneName() throws Exception {
        putJar("one.jar", "one", "twin", "");
        putJar("other.jar", "other", "twin", "");
        Outcome outcome = Program.await(Program.withPlugins(plugins, folder, "backends"));
        assertEquals(2, outcome.exitCode());
        // Java puts the jars of a folder on the class path in no order.
        List<String> origins = Stream.of("one", "other")
                .map(name -> name + ".MyBackend in " + url(name + ".jar"))
                .toList();
        String expected =
                "error: backend twin: found two providers of this name, %s and %s, expected one; take one of the"
                        + " jars off the class path";
        assertTrue(
                outcome.errors().equals(expected.formatted(origins.get(0), origins.get(1)))
                        || outcome.errors().equals(expected.formatted(origins.get(1), origins.get(0))),
                outcome.errors());
    }

    @Test
    @DisplayName("that are there twice, as an old jar beside a new one, are an error that names both jars")
    void oldBesideNew() throws Exception {
        putJar("mine-1.0.jar", "mine", "mine", "");
        putJar("mine-1.1.jar", "mine", "mine", "");
        assertEquals(
                "backend mine.MyBackend: found it in " + url("mine-1.0.jar") + " and in " + url("mine-1.1.jar")
                        + ", expected it once; take all but one of them off the class path",
                refusal("mine-1.0.jar", "mine-1.1.jar"));
    }

    @Test
    @DisplayName("that cannot be made are named, with the reason")
    void broken() throws Exception {
        putJar("broken.jar", "broken", "broken", "if (true) throw new IllegalStateException(\"no licence\");");
        assertEquals(
                "backend on the class path: found a provider that cannot be loaded (dev.vaelab.api.backend.VaeBackend:"
                        + " Provider broken.MyBackend could not be instantiated: java.lang.IllegalStateException: no"
                        + " licence); mend its jar or take it off the class path",
                refusal("broken.jar"));
    }

    @Test
    @DisplayName("whose jar lacks the class that its service file names are named")
    void missingClass() throws Exception {
        PluginJar.write(
                plugins.resolve("empty.jar"), Files.createDirectory(folder.resolve("empty")), "", List.of("no.Such"));
        assertEquals(
                "backend on the class path: found a provider that cannot be loaded (dev.vaelab.api.backend.VaeBackend:"
                        + " Provider no.Such not found); mend its jar or take it off the class path",
                refusal("empty.jar"));
    }

    @Test
    @DisplayName("whose class file is not one that this Java reads are named, and all problems are reported at once")
    void newerJava() throws Exception {
        putJar("broken.jar", "broken", "broken", "if (true) throw new IllegalStateException();");
        Path classes = compile("newer", "newer", "");
        Path file = classes.resolve("newer/MyBackend.class");
        byte[] content = Files.readAllBytes(file);
        content[7] = Byte.MAX_VALUE;
        Files.write(file, content);
        PluginJar.write(plugins.resolve("newer.jar"), classes, "newer", List.of("newer.MyBackend"));
        String refusal = refusal("broken.jar", "newer.jar");
        assertTrue(refusal.contains("newer/MyBackend has been compiled by a more recent version"), refusal);
        assertTrue(refusal.contains("broken.MyBackend"), refusal);
    }

    private String refusal(String... jars) throws IOException {
        URL[] urls = new URL[jars.length];
        for (int index = 0; index < jars.length; index++) {
            urls[index] = plugins.resolve(jars[index]).toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            return assertThrows(InvalidInputException.class, () -> Backends.load(loader))
                    .getMessage();
        }
    }

    private String url(String jar) {
        return plugins.resolve(jar).toUri().toString().replace("file:///", "file:/");
    }

    private void putJar(String jar, String packageName, String name, String constructor) throws IOException {
        Path classes = compile(packageName, name, constructor);
        PluginJar.write(plugins.resolve(jar), classes, packageName, List.of(packageName + ".MyBackend"));
    }

    private Path compile(String packageName, String name, String constructor) throws IOException {
        Path source = Files.createDirectories(folder.resolve("sources").resolve(packageName))
                .resolve("MyBackend.java");
        Files.writeString(
                source,
                SOURCE.replace("PACKAGE", packageName)
                        .replace("CONSTRUCTOR", constructor)
                        .replace("NAME", name));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        String[] arguments = {"-cp", System.getProperty("java.class.path"), "-d", classes.toString(), source.toString()
        };
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments));
        return classes;
    }
}
