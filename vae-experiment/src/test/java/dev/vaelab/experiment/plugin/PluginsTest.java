package dev.vaelab.experiment.plugin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.experiment.file.PartCatalog;
import dev.vaelab.experiment.wiring.Laboratory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In one process, with jars that are compiled on the way. */
@DisplayName("Plug-ins")
class PluginsTest {
    private static final String BACKEND = """
            package PACKAGE;

            import dev.vaelab.api.backend.Engine;
            import dev.vaelab.api.backend.EngineDescription;
            import dev.vaelab.api.backend.VaeBackend;
            import dev.vaelab.backend.reference.ReferenceBackend;
            import java.util.Map;

            public final class MyBackend implements VaeBackend {
                public MyBackend() { CONSTRUCTOR }
                public String name() { return "NAME"; }
                public String description() { return "computes as the reference does"; }
                public EngineDescription engine() { return new EngineDescription("NAME", VERSION, 1, Map.of()); }
                public Engine<?> open() { return new ReferenceBackend().open(); }
            }
            """;

    private static final String LOSS = """
            package PACKAGE;

            import dev.vaelab.api.model.*;
            import dev.vaelab.api.tensor.Operand;

            public record MyLoss(double KEY) implements Loss {
                public MyLoss() { this(1); }
                public String name() { return "NAME"; }
                public String description() { return "NAME"; }
                public <X> LossTerms<X> compute(
                        VariationalModel<X> model, Operand<X> images, Operand<X> noise, Operand<X> beta) {
                    throw new UnsupportedOperationException();
                }
            }
            """;

    @TempDir
    private Path folder;

    private Path engines;
    private Path plugins;

    @BeforeEach
    void makeFolders() throws IOException {
        folder = folder.toRealPath();
        engines = Files.createDirectory(folder.resolve("engines"));
        plugins = Files.createDirectory(folder.resolve("plugins"));
    }

    @Test
    @DisplayName("that bring two versions of one library, neither of which can do for the other, compute side by side")
    void clashingVersions() throws IOException {
        // The same class, in one version with a method that the other one does not have.
        engineWithLibrary("old", "oldest(2)", "public static String oldest(int number) { return \"1.\" + number; }");
        engineWithLibrary("recent", "newest()", "public static String newest() { return \"2.0\"; }");
        var backends = opened().backends();
        VaeBackend old = backends.require("old", "test");
        VaeBackend recent = backends.require("recent", "test");
        for (int turn = 0; turn < 2; turn++) {
            assertEquals("1.2", old.engine().version());
            assertEquals("2.0", recent.engine().version());
        }
        assertArrayEquals(new float[] {19, 22, 43, 50}, product(old.open()));
        assertArrayEquals(new float[] {19, 22, 43, 50}, product(recent.open()));
    }

    private void engineWithLibrary(String name, String call, String method) throws IOException {
        Path library = engines.resolve(name).resolve("library.jar");
        new CompiledJar()
                .with("library.Version", "package library; public final class Version { " + method + " }")
                .write(library);
        backend(name, name, "", "library.Version." + call)
                .against(library)
                .write(engines.resolve(name + "/engine.jar"));
    }

    private static <T> float[] product(Engine<T> engine) {
        TensorOperations<T> operations = engine.operations();
        try (engine;
                OperationScope scope = operations.openScope()) {
            T left = operations.upload(new float[] {1, 2, 3, 4}, 2, 2);
            T right = operations.upload(new float[] {5, 6, 7, 8}, 2, 2);
            return operations.download(operations.matmul(left, false, right, false));
        }
    }

    @Test
    @DisplayName("find services and resources of their own by the thread that they are called on")
    void contextClassLoader() throws IOException {
        new CompiledJar()
                .with("own.Codec", "package own; public interface Codec { String name(); }")
                .with(
                        "own.Plain",
                        "package own; public class Plain implements Codec { public String name() { return \"plain\"; } }")
                .with("own.Codecs", """
                        package own;
                        public final class Codecs {
                            public static String first() {
                                return java.util.ServiceLoader.load(Codec.class).findFirst().orElseThrow().name();
                            }
                        }
                        """)
                .with(
                        "mine.MyBackend",
                        source("mine", "mine", "", "own.Codecs.first()")
                                .replace(
                                        "new ReferenceBackend().open()",
                                        "new Watching<>(new ReferenceBackend().open())"))
                .with("mine.Watching", """
                        package mine;
                        final class Watching<T> implements dev.vaelab.api.backend.Engine<T> {
                            private final dev.vaelab.api.backend.Engine<T> engine;
                            Watching(dev.vaelab.api.backend.Engine<T> engine) { this.engine = engine; }
                            public dev.vaelab.api.tensor.TensorOperations<T> operations() {
                                own.Codecs.first();
                                return engine.operations();
                            }
                            public void close() { own.Codecs.first(); engine.close(); }
                        }
                        """)
                .providing(VaeBackend.class, "mine.MyBackend")
                .write(plugins.resolve("mine.jar"));
        Path jar = plugins.resolve("mine.jar");
        addService(jar, "own.Codec", "own.Plain");
        VaeBackend mine = opened().backends().require("mine", "test");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        assertEquals("plain", mine.engine().version());
        assertArrayEquals(new float[] {19, 22, 43, 50}, product(mine.open()));
        assertSame(before, Thread.currentThread().getContextClassLoader());
    }

    private static void addService(Path jar, String service, String provider) throws IOException {
        try (var zip = java.nio.file.FileSystems.newFileSystem(jar)) {
            Files.writeString(zip.getPath("META-INF/services/" + service), provider);
        }
    }

    @Test
    @DisplayName("of engines are opened when somebody asks for them, and for the engines of their names only")
    void lazily() throws IOException {
        backend("good", "good", "", "\"1\"").write(engines.resolve("good/good.jar"));
        Files.writeString(Files.createDirectory(engines.resolve("damaged")).resolve("damaged.jar"), "no jar");
        Plugins opened = opened();
        var backends = opened.backends();
        assertEquals(List.of("damaged", "good", "reference"), List.copyOf(backends.names()));
        assertEquals("good", backends.require("good", "test").name());
        assertEquals(List.of(), opened.problems());
        assertEquals(
                "plug-in " + engines.resolve("damaged/damaged.jar")
                        + ": found a file that is no jar, or a damaged one (zip END header not found), expected a jar; copy it"
                        + " again or take it away",
                refusal(opened, "damaged"));
    }

    @Test
    @DisplayName("of engines that have another name than their folder, or no engine, are told")
    void foldersOfEngines() throws IOException {
        backend("mine", "mine", "", "\"1\"").write(engines.resolve("yours/mine.jar"));
        Files.createDirectory(engines.resolve("empty"));
        Files.createDirectory(engines.resolve("No Name"));
        Plugins opened = opened();
        assertEquals(
                "engine yours: found the backend mine in " + engines.resolve("yours")
                        + ", expected the backend yours, since the folder has its name; rename the folder",
                refusal(opened, "yours"));
        assertEquals(
                "engine empty: found no jar with a service file META-INF/services/dev.vaelab.api.backend.VaeBackend in "
                        + engines.resolve("empty")
                        + ", expected the backend empty, since the folder has its name; put its"
                        + " jars into the folder, or take the folder away",
                refusal(opened, "empty"));
        assertEquals(
                List.of("engine " + engines.resolve("No Name")
                        + ": found a folder whose name is none of an engine, expected lower-case letters, digits and hyphens"
                        + " that begin with a letter; rename it or take it away"),
                problems(opened));
    }

    @Test
    @DisplayName("may be a jar with its libraries beside it, or a folder")
    void jarOrFolder() throws IOException {
        Path library = plugins.resolve("library-1.0.jar");
        new CompiledJar()
                .with(
                        "library.Version",
                        "package library; public final class Version { public static String of() { return \"1\"; } }")
                .write(library);
        backend("one", "one", "", "library.Version.of()").against(library).write(plugins.resolve("one.jar"));
        backend("two", "two", "", "library.Version.of()").against(library).write(plugins.resolve("two/two.jar"));
        Files.copy(library, plugins.resolve("two/library-1.0.jar"));
        Plugins opened = opened();
        var backends = opened.backends();
        assertEquals("1", backends.require("one", "test").engine().version());
        assertEquals("1", backends.require("two", "test").engine().version());
        assertEquals(List.of(), opened.problems());
        assertEquals(
                "test: found backend \"three\", expected one of one, reference, two; a backend of another name needs its jar, or"
                        + " a folder with its jars, in the folder plugins (what is there without a service file"
                        + " META-INF/services/dev.vaelab.api.backend.VaeBackend: " + library + ")",
                refusal(opened, "three"));
    }

    @Test
    @DisplayName("without a service file are told")
    void withoutService() throws IOException {
        new CompiledJar()
                .with("mine.MyBackend", source("mine", "mine", "", "\"1\""))
                .write(plugins.resolve("jar.jar"));
        Files.copy(
                plugins.resolve("jar.jar"),
                Files.createDirectory(plugins.resolve("folder")).resolve("jar.jar"));
        Files.createDirectory(plugins.resolve("classes"));
        String expected = " without a service file, expected META-INF/services/ with the name of a service,"
                + " dev.vaelab.api.backend.VaeBackend for example, which has the name of the class that provides it; add"
                + " it, or take the plug-in away";
        assertEquals(
                List.of(
                        "plug-in " + plugins.resolve("folder") + ": found a folder of jars" + expected,
                        "plug-in " + plugins.resolve("jar.jar") + ": found a jar" + expected),
                problems(opened()));
    }

    @Test
    @DisplayName("of one name are told with their jars to whoever asks for it, and stand in nobody else's way")
    void twins() throws IOException {
        backend("one", "twin", "", "\"1\"").write(plugins.resolve("one.jar"));
        backend("two", "twin", "", "\"2\"").write(plugins.resolve("two/two.jar"));
        Plugins opened = opened();
        var backends = opened.backends();
        String expected = "backend twin: found two providers of this name, one.MyBackend in " + url("one.jar")
                + " and two.MyBackend in " + url("two/two.jar") + ", expected one; take one of them away";
        assertEquals(List.of(expected), problems(opened));
        assertEquals(expected, refusal(opened, "twin"));
        assertEquals("reference", backends.require("reference", "test").name());
        backend("three", "reference", "", "\"3\"").write(plugins.resolve("three.jar"));
        assertTrue(refusal(opened(), "reference").contains("three.MyBackend in " + url("three.jar")));
    }

    @Test
    @DisplayName("that were built against another contract are told when they are called")
    void otherContract() throws IOException {
        backend("lacking", "lacking", "", "\"1\"")
                .with(
                        "lacking.MyBackend",
                        source("lacking", "lacking", "", "\"1\"")
                                .replace("public Engine<?> open()", "Engine<?> begin()"))
                .against("dev.vaelab.api.backend.VaeBackend", """
                        package dev.vaelab.api.backend;
                        public interface VaeBackend {
                            String name();
                            String description();
                            EngineDescription engine();
                        }
                        """)
                .write(plugins.resolve("lacking.jar"));
        backend("calling", "calling", "", "dev.vaelab.api.text.Gone.text()")
                .against(
                        "dev.vaelab.api.text.Gone",
                        "package dev.vaelab.api.text; public final class Gone { public static String text() { return \"\"; } }")
                .write(plugins.resolve("calling.jar"));
        backend("library", "library", "", "other.Gone.text()")
                .against(
                        "other.Gone",
                        "package other; public final class Gone { public static String text() { return \"\"; } }")
                .write(plugins.resolve("library.jar"));
        var backends = opened().backends();
        assertEquals(
                "backend lacking in " + plugins.resolve("lacking.jar")
                        + " does not work: found code that was built against another version of vae-api"
                        + " (java.lang.AbstractMethodError); build it anew against this one",
                failure(() -> backends.require("lacking", "test").open()));
        assertEquals(
                "backend calling in " + plugins.resolve("calling.jar")
                        + " does not work: found code that was built against another version of vae-api"
                        + " (java.lang.NoClassDefFoundError: dev/vaelab/api/text/Gone); build it anew against this one",
                failure(() -> backends.require("calling", "test").engine()));
        assertEquals(
                "backend library in " + plugins.resolve("library.jar")
                        + " does not work: found code that needs a library which is not there"
                        + " (java.lang.NoClassDefFoundError: other/Gone); put the library's jar beside it, in the folder of the"
                        + " plug-in",
                failure(() -> backends.require("library", "test").engine()));
    }

    private static String failure(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(RunFailedException.class, call)
                .getMessage()
                .replaceFirst("(java\\.lang\\.AbstractMethodError)[^)]*(\\([^)]*\\)[^)]*)*\\);", "$1);");
    }

    @Test
    @DisplayName("that cannot be made are told with the reason, all of them, and stand in nobody else's way")
    void broken() throws IOException {
        backend("a", "a", "if (true) throw new IllegalStateException(\"no licence\");", "\"1\"")
                .write(plugins.resolve("a.jar"));
        new CompiledJar().providing(VaeBackend.class, "no.Such").write(plugins.resolve("b.jar"));
        backend("c", "c", "", "\"1\"").damagedBy(PluginsTest::newer).write(plugins.resolve("c.jar"));
        backend("d", "d", "", "\"1\"").damagedBy(content -> new byte[8]).write(plugins.resolve("d.jar"));
        backend("e", "e", "dev.vaelab.api.text.Gone.text();", "\"1\"")
                .against(
                        "dev.vaelab.api.text.Gone",
                        "package dev.vaelab.api.text; public final class Gone { public static void text() {} }")
                .write(plugins.resolve("e.jar"));
        backend("f", "F!", "", "\"1\"").write(plugins.resolve("f.jar"));
        Files.writeString(plugins.resolve("g.jar"), "no jar");
        backend("good", "good", "", "\"1\"").write(plugins.resolve("good.jar"));
        Plugins opened = opened();
        var backends = opened.backends();
        assertEquals(List.of("good", "reference"), List.copyOf(backends.names()));
        List<String> expected = List.of(
                "plug-in DIR/g.jar: found a file that is no jar, or a damaged one",
                "backend in DIR/a.jar: found a provider that cannot be loaded (dev.vaelab.api.backend.VaeBackend: Provider"
                        + " a.MyBackend could not be instantiated: java.lang.IllegalStateException: no licence); mend it or take"
                        + " it away",
                "backend in DIR/b.jar: found a provider that cannot be loaded (dev.vaelab.api.backend.VaeBackend: Provider"
                        + " no.Such not found)",
                "backend in DIR/c.jar: found classes that were compiled for a newer Java than this one, ",
                "backend in DIR/d.jar: found a damaged jar (java.lang.ClassFormatError: ",
                "backend in DIR/e.jar: found code that was built against another version of vae-api"
                        + " (java.lang.NoClassDefFoundError: dev/vaelab/api/text/Gone)",
                "backend f.MyBackend in " + url("f.jar") + ": found the name \"F!\"");
        List<String> found = problems(opened).stream()
                .map(problem -> problem.replace(plugins.toString(), "DIR"))
                .toList();
        assertEquals(expected.size(), found.size(), () -> String.join("\n", found));
        for (int index = 0; index < found.size(); index++) {
            String line = found.get(index);
            assertTrue(line.startsWith(expected.get(index).replace(plugins.toString(), "DIR")), line);
        }
    }

    private static byte[] newer(byte[] content) {
        byte[] changed = content.clone();
        changed[7] = Byte.MAX_VALUE;
        return changed;
    }

    @Test
    @DisplayName("bring losses and data sets as they bring engines, and see the program's contract and annotations")
    void parts() throws IOException {
        loss("mine", "mine", "weight").write(plugins.resolve("loss.jar"));
        new CompiledJar()
                .with("images.Nothing", """
                        package images;
                        import dev.vaelab.api.dataset.*;
                        import dev.vaelab.api.experiment.DatasetConfig;
                        public final class Nothing implements DatasetProvider {
                            public String name() { return "nothing"; }
                            public String description() { return "no image"; }
                            public java.util.List<dev.vaelab.api.Problem> check(DatasetConfig config) { return java.util.List.of(); }
                            public Dataset open(DatasetConfig config) { return null; }
                        }
                        """)
                .providing(DatasetProvider.class, "images.Nothing")
                .write(plugins.resolve("images/images.jar"));
        Laboratory laboratory = Laboratory.open(path());
        assertEquals(List.of(), laboratory.problems());
        assertEquals(
                "no image", laboratory.datasets().require("nothing", "test").description());
        String schema = laboratory.schema().text();
        assertTrue(schema.contains("\"weight\"") && schema.contains("\"nothing\""), schema);
    }

    @Test
    @DisplayName("whose parts cannot stand in a file, or lack a method, are told and stand in nobody else's way")
    void unusableParts() throws IOException {
        loss("beta", "clashing", "beta").write(plugins.resolve("clashing.jar"));
        loss("lacking", "lacking", "weight")
                .with(
                        "lacking.MyLoss",
                        lossSource("lacking", "lacking", "weight")
                                .replace("LossTerms<X> compute(", "LossTerms<X> evaluate("))
                .against(
                        "dev.vaelab.api.model.Loss",
                        "package dev.vaelab.api.model; public interface Loss extends Part {}")
                .write(plugins.resolve("lacking.jar"));
        Laboratory laboratory = Laboratory.open(path());
        assertEquals(
                List.of(
                        "loss lacking.MyLoss in " + url("lacking.jar")
                                + ": found code that was built against another version of"
                                + " vae-api (it lacks the method compute); build it anew against this one",
                        "loss.beta: found two meanings, that of every loss and that of loss clashing (beta.MyLoss), expected one;"
                                + " rename the key of one of them"),
                laboratory.problems().stream().map(Object::toString).toList());
        laboratory.schema();
        Path file = Files.writeString(
                folder.resolve("small.yaml"),
                "{name: small, backend: reference, dataset: {name: mnist}, loss: {name: clashing}}");
        InvalidInputException refused = assertThrows(
                InvalidInputException.class, () -> laboratory.loader().load(file, List.of(), Optional.empty()));
        assertTrue(refused.getMessage().contains("two meanings"), refused.getMessage());
    }

    @Test
    @DisplayName("whose part fails when it is asked for its keys are told and stand in nobody else's way")
    void failingPart() throws IOException {
        new CompiledJar()
                .with(
                        "mine.MyLoss",
                        lossSource("mine", "mine", "weight")
                                .replace(
                                        "return \"mine\"; }\n    public <X>",
                                        "throw new IllegalStateException(\"no words\"); }\n    public <X>"))
                .providing(Loss.class, "mine.MyLoss")
                .write(plugins.resolve("mine.jar"));
        Laboratory laboratory = Laboratory.open(path());
        assertEquals(
                List.of("loss mine: found a failure when asked for its description and its keys:"
                        + " java.lang.IllegalStateException: no words; mend its plug-in or take it away"),
                laboratory.problems().stream().map(Object::toString).toList());
    }

    @Test
    @DisplayName("whose part calls what the contract does not have any more are named when it does")
    void misfitOfPart() throws IOException {
        new CompiledJar()
                .with(
                        "mine.MyLoss",
                        lossSource("mine", "mine", "weight")
                                .replace(
                                        "throw new UnsupportedOperationException();",
                                        "return dev.vaelab.api.text.Gone.text();"))
                .against(
                        "dev.vaelab.api.text.Gone",
                        "package dev.vaelab.api.text; public final class Gone { public static <T> T text() { return null; } }")
                .providing(Loss.class, "mine.MyLoss")
                .write(plugins.resolve("mine.jar"));
        Loss mine = opened().parts("loss", Loss.class).require("mine", "test");
        LinkageError error = assertThrows(LinkageError.class, () -> mine.compute(null, null, null, null));
        assertEquals(
                Optional.of(
                        "plug-in mine.jar does not work: found code that was built against another version of vae-api"
                                + " (java.lang.NoClassDefFoundError: dev/vaelab/api/text/Gone); build it anew against this one"),
                Plugins.misfit(error));
        assertEquals(Optional.empty(), Plugins.misfit(new NoClassDefFoundError("dev/vaelab/api/text/Gone")));
    }

    @Test
    @DisplayName("whose folder has jars of the program, too, bring nothing of the program a second time")
    void copyOfTheProgram() throws IOException {
        loss("mine", "mine", "weight").write(plugins.resolve("mine/mine.jar"));
        new CompiledJar()
                .providing(Loss.class, "dev.vaelab.training.part.Elbo")
                .write(plugins.resolve("mine/vae-training.jar"));
        Plugins opened = opened();
        assertEquals(
                List.of("beta-tc", "elbo", "info", "iwae", "mine"),
                List.copyOf(opened.parts("loss", Loss.class).names()));
        assertEquals(List.of(), opened.problems());
        PartCatalog.load(opened);
    }

    @Test
    @DisplayName("have one class loader for as long as the process lives, as a native library has")
    void oneLoader() throws IOException {
        loss("mine", "mine", "weight").write(plugins.resolve("mine.jar"));
        Class<?> first =
                opened().parts("loss", Loss.class).require("mine", "test").getClass();
        assertSame(
                first,
                opened().parts("loss", Loss.class).require("mine", "test").getClass());
        loss("mine", "mine", "another").write(plugins.resolve("mine.jar"));
        assertNotSame(
                first,
                opened().parts("loss", Loss.class).require("mine", "test").getClass());
    }

    private PluginPath path() {
        return new PluginPath(Optional.of(engines), List.of(plugins));
    }

    private Plugins opened() {
        return Plugins.open(path());
    }

    private static List<String> problems(Plugins opened) {
        opened.backends();
        return opened.problems().stream().map(Object::toString).distinct().toList();
    }

    private static String refusal(Plugins opened, String backend) {
        var backends = opened.backends();
        return assertThrows(InvalidInputException.class, () -> backends.require(backend, "test"))
                .getMessage();
    }

    private String url(String jar) {
        return plugins.resolve(jar).toUri().toString().replace("file:///", "file:/");
    }

    private static CompiledJar backend(String packageName, String name, String constructor, String version) {
        return new CompiledJar()
                .with(packageName + ".MyBackend", source(packageName, name, constructor, version))
                .providing(VaeBackend.class, packageName + ".MyBackend");
    }

    private static String source(String packageName, String name, String constructor, String version) {
        return BACKEND.replace("PACKAGE", packageName)
                .replace("CONSTRUCTOR", constructor)
                .replace("VERSION", version)
                .replace("NAME", name);
    }

    private static CompiledJar loss(String packageName, String name, String key) {
        return new CompiledJar()
                .with(packageName + ".MyLoss", lossSource(packageName, name, key))
                .providing(Loss.class, packageName + ".MyLoss");
    }

    private static String lossSource(String packageName, String name, String key) {
        return LOSS.replace("PACKAGE", packageName).replace("NAME", name).replace("KEY", key);
    }
}
