package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.TagFilter.excludeTags;

import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.experiments.Program.Outcome;
import dev.vaelab.testkit.VaeBackendContract;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The project of a reader of docs/add-an-engine.md, with the compiler and JUnit in the place of Maven. */
final class EngineProject {
    private static final String SERVICES = "src/main/resources/META-INF/services/" + VaeBackend.class.getName();
    private static final String PACKAGE = "com/example/parallel";
    private static final String TEST = "com.example.parallel.ParallelBackendContractTest";

    private final Path root;
    private final Path classes;
    private final String backend;

    private EngineProject(Path root, String backend) {
        this.root = root;
        this.classes = root.resolve("target/classes");
        this.backend = backend;
    }

    /**
     * What the contract said.
     *
     * @param succeeded how many tests passed
     * @param failures messages of those that did not
     * @param printed standard output
     */
    record ContractRun(long succeeded, List<String> failures, String printed) {}

    /** Does what the page's second step says. */
    static EngineProject begin(EngineGuide guide, Path folder) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", "-euc", guide.commandsWith("mkdir -p parallel-engine/src"));
        shell.environment().put("VAELAB", EngineGuide.PROJECT.toRealPath().toString());
        Outcome outcome = Program.await(shell.directory(folder.toFile()));
        assertEquals(0, outcome.exitCode(), outcome.errors());
        Path root = folder.resolve("parallel-engine");
        for (Map.Entry<String, String> file : guide.files().entrySet()) {
            Files.writeString(root.resolve(file.getKey()), file.getValue());
        }
        return new EngineProject(root, Files.readString(root.resolve(SERVICES)).strip());
    }

    /** A file of the project. */
    Path file(String path) {
        return root.resolve(path);
    }

    /** Writes the jar into a plug-in folder. */
    void writeJar(Path plugins) throws Exception {
        compileBackend();
        PluginJar.write(plugins.resolve("parallel-engine-1.0.jar"), classes, PACKAGE, List.of(backend));
    }

    /** Compiles everything, and runs the quick tests of the contract. */
    ContractRun runContract() throws Exception {
        compileBackend();
        Path tests = root.resolve("target/test-classes");
        String classPath = System.getProperty("java.class.path") + File.pathSeparator + classes;
        compile(root.resolve("src/test/java"), classPath, tests);
        URL[] folders = {
            classes.toUri().toURL(),
            root.resolve("src/main/resources").toUri().toURL(),
            tests.toUri().toURL()
        };
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(folders, before)) {
            // Where ServiceLoader looks.
            thread.setContextClassLoader(loader);
            return run(loader.loadClass(TEST));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static ContractRun run(Class<?> contract) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(contract))
                                    .filters(excludeTags(VaeBackendContract.SLOW))
                                    .build(),
                            listener);
        } finally {
            System.setOut(out);
        }
        TestExecutionSummary summary = listener.getSummary();
        return new ContractRun(
                summary.getTestsSucceededCount(),
                summary.getFailures().stream()
                        .map(failure -> failure.getException().getMessage())
                        .toList(),
                printed.toString(StandardCharsets.UTF_8));
    }

    /** With nothing but the contract on the class path, as the page's Maven project has it. */
    private void compileBackend() throws Exception {
        Path contract = Path.of(VaeBackend.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        compile(root.resolve("src/main/java"), contract.toString(), classes);
    }

    private static void compile(Path sources, String classPath, Path target) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-nowarn", "-cp", classPath, "-d", target.toString()));
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
    }
}
