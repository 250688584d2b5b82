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
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backends are compiled on the way, against a contract with a method more, so that no class path but that of their jars has them. */
@DisplayName("Backends in jars")
final class BackendDiscoveryTest {
    private static final String SOURCE = """
            package PACKAGE;

            public final class MyBackend implements dev.vaelab.api.backend.VaeBackend {
                public MyBackend() { CONSTRUCTOR }
                public String name() { return "NAME"; }
                public String description() { return "computes nothing"; }
                public dev.vaelab.api.backend.EngineDescription engine() {
                    dev.vaelab.api.text.VisibleText.gone();
                    return null;
                }
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
    @DisplayName("are found beside those of the program, and told with the jar that they come from")
    void found() throws Exception {
        putJar("mine.jar", "mine", "mine", "");
        Outcome outcome = InProcess.runWithPlugins(plugins, "backends");
        assertEquals(0, outcome.exitCode(), outcome.errors());
        assertTrue(
                outcome.output().contains("mine         computes nothing (" + plugins.resolve("mine.jar") + ")"),
                outcome.output());
        assertTrue(outcome.output().contains("reference "), outcome.output());
        assertEquals("", outcome.errors());
        Map<?, ?> entry = (Map<?, ?>) ((List<?>) InProcess.runWithPlugins(plugins, "backends", "--json")
                        .json()
                        .get("backends"))
                .stream()
                        .filter(backend -> ((Map<?, ?>) backend).get("name").equals("mine"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(plugins.resolve("mine.jar").toString(), entry.get("from"));
    }

    @Test
    @DisplayName(
            "that have one name, or are there twice, are an error of backends and of those who ask for the name only")
    void oneName() throws Exception {
        putJar("mine-1.0.jar", "mine", "twin", "");
        putJar("mine-1.1.jar", "mine", "twin", "");
        String expected = "backend twin: found two providers of this name, mine.MyBackend in " + url("mine-1.0.jar")
                + " and mine.MyBackend in " + url("mine-1.1.jar") + ", expected one; take one of them away";
        Outcome listed = InProcess.runWithPlugins(plugins, "backends");
        assertEquals(2, listed.exitCode());
        assertEquals("error: " + expected, listed.errors());
        assertTrue(listed.output().contains("reference ") && !listed.output().contains("twin"), listed.output());
        Outcome asked = InProcess.runWithPlugins(plugins, "backends", "--json");
        assertEquals(2, asked.exitCode());
        assertEquals(1, ((List<?>) asked.json().get("problems")).size());

        TinyExperiment.writeForAnyFolder(folder);
        String file = folder.resolve("tiny.json").toString();
        Outcome healthy = InProcess.runWithPlugins(plugins, "validate", file);
        assertEquals(0, healthy.exitCode(), healthy.errors());
        assertEquals("warning: " + expected, healthy.errors());
        Outcome ambiguous = InProcess.runWithPlugins(plugins, "validate", file, "--backend", "twin");
        assertEquals(2, ambiguous.exitCode());
        assertTrue(ambiguous.errors().contains("not valid\n  " + expected), ambiguous.errors());
    }

    @Test
    @DisplayName("that are gone are told with where jars of engines belong")
    void gone() throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
        Outcome outcome = InProcess.runWithPlugins(
                plugins, "validate", folder.resolve("tiny.json").toString(), "--backend", "gone");
        assertEquals(2, outcome.exitCode());
        assertTrue(
                outcome.errors()
                        .contains(
                                "--backend: found text \"gone\", expected one of djl, dl4j, reference; a backend of another"
                                        + " name needs its jar, or a folder with its jars, in the folder plugins"),
                outcome.errors());
        Outcome part = InProcess.runWithPlugins(
                plugins, "validate", folder.resolve("tiny.json").toString(), "--set", "loss.name=capacity");
        assertTrue(
                part.errors()
                        .contains(
                                "loss.name: found text \"capacity\", expected one of beta-tc, elbo, info, iwae; a loss of"
                                        + " another name needs its jar, or a folder with its jars, in the folder plugins"),
                part.errors());
    }

    @Test
    @DisplayName(
            "that were built against another contract fail with exit code 1 and without a stack trace, and are named")
    void otherContract() throws Exception {
        putJar("mine.jar", "mine", "mine", "");
        TinyExperiment.writeForAnyFolder(folder);
        Outcome outcome = InProcess.runWithPlugins(
                plugins,
                "train",
                folder.resolve("tiny.json").toString(),
                "--backend",
                "mine",
                "--out",
                folder.resolve("run").toString());
        assertEquals(1, outcome.exitCode());
        assertTrue(
                outcome.errors()
                        .endsWith("error: backend mine in " + plugins.resolve("mine.jar")
                                + " does not work: found code that was"
                                + " built against another version of vae-api (java.lang.NoSuchMethodError: 'void"
                                + " dev.vaelab.api.text.VisibleText.gone()'); build it anew against this one"),
                outcome.errors());
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
        Path contract = Files.createDirectories(folder.resolve("contract/dev/vaelab/api/text"))
                .resolve("VisibleText.java");
        Files.writeString(
                contract,
                "package dev.vaelab.api.text; public final class VisibleText { public static void gone() {} }");
        Path classes = Files.createDirectories(folder.resolve("classes"));
        String[] arguments = {
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString(),
            source.toString(),
            contract.toString()
        };
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments));
        return classes;
    }
}
