package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.TagFilter.excludeTags;

import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.experiments.Program.Outcome;
import dev.vaelab.testkit.VaeBackendContract;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The Maven project of a reader of a guide, with the compiler and JUnit in the place of Maven. */
final class GuideProject {
    private final Path root;
    private final Path classes;
    private final Path resources;

    private GuideProject(Path root) {
        this.root = root;
        this.classes = root.resolve("target/classes");
        this.resources = root.resolve("src/main/resources");
    }

    /**
     * What the tests said.
     *
     * @param succeeded how many passed
     * @param failures messages of those that did not
     * @param failed names of their methods
     * @param printed standard output
     */
    record TestRun(long succeeded, List<String> failures, Set<String> failed, String printed) {}

    /**
     * Does what the page says before and with its files.
     *
     * @param page the guide
     * @param folder where the reader is
     * @param name of the project's folder, which the page's commands make
     */
    static GuideProject begin(GuidePage page, Path folder, String name) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-euc", page.commandsWith("mkdir -p " + name));
        shell.environment().put("VAELAB", GuidePage.PROJECT.toRealPath().toString());
        Outcome outcome = Program.await(shell.directory(folder.toFile()));
        assertEquals(0, outcome.exitCode(), outcome.errors());
        GuideProject project = new GuideProject(folder.resolve(name));
        project.write(page);
        return project;
    }

    /** Writes the files that a page, or a part of it, tells. */
    void write(GuidePage page) throws IOException {
        for (Map.Entry<String, String> file : page.files().entrySet()) {
            Files.writeString(file(file.getKey()), file.getValue());
        }
    }

    /** A file of the project. */
    Path file(String path) {
        return root.resolve(path);
    }

    /** How many lines of Java the reader has written besides tests: those that are not blank, imports or comments. */
    long linesOfCode() throws IOException {
        return linesOfMain().stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("import "))
                .filter(line -> Stream.of("//", "/*", "*").noneMatch(line::startsWith))
                .count();
    }

    /** Characters of the longest line of Java that the reader has written besides tests. */
    int longestLine() throws IOException {
        return linesOfMain().stream().mapToInt(String::length).max().orElseThrow();
    }

    private List<String> linesOfMain() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root.resolve("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    /** Writes the jar into a plug-in folder. */
    void writeJar(Path jar) throws IOException, URISyntaxException {
        compileMain();
        PluginJar.pack(jar, classes, resources);
    }

    /** Compiles as well, and runs the quick tests of these classes. */
    TestRun run(String... tests) throws IOException, URISyntaxException, ReflectiveOperationException {
        return run(excludeTags(VaeBackendContract.SLOW), tests);
    }

    /** Compiles what is not a test, tests unless that is done, and runs those tests of these classes that a filter lets through. */
    TestRun run(PostDiscoveryFilter filter, String... tests)
            throws IOException, URISyntaxException, ReflectiveOperationException {
        compileMain();
        Path testClasses = root.resolve("target/test-classes");
        String classPath = System.getProperty("java.class.path") + File.pathSeparator + classes;
        if (Files.notExists(testClasses)) {
            compile(root.resolve("src/test/java"), classPath, testClasses);
        }
        URL[] folders = {
            classes.toUri().toURL(),
            resources.toUri().toURL(),
            testClasses.toUri().toURL()
        };
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(folders, before)) {
            // Where ServiceLoader looks.
            thread.setContextClassLoader(loader);
            List<ClassSelector> selectors = new ArrayList<>();
            for (String test : tests) {
                selectors.add(selectClass(loader.loadClass(test)));
            }
            return run(filter, selectors);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static TestRun run(PostDiscoveryFilter filter, List<ClassSelector> tests) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(tests)
                                    .filters(filter)
                                    .build(),
                            listener);
        } finally {
            System.setOut(out);
        }
        TestExecutionSummary summary = listener.getSummary();
        return new TestRun(
                summary.getTestsSucceededCount(),
                summary.getFailures().stream()
                        .map(failure -> failure.getException().getMessage())
                        .toList(),
                summary.getFailures().stream()
                        .map(failure -> failure.getTestIdentifier().getSource().orElseThrow())
                        .map(source -> ((MethodSource) source).getMethodName())
                        .collect(Collectors.toSet()),
                printed.toString(StandardCharsets.UTF_8));
    }

    /** With nothing but the contract and what it brings along on the class path, as the page's Maven project has it. */
    private void compileMain() throws IOException, URISyntaxException {
        Path contract = Path.of(VaeBackend.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String annotations = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("jackson-annotations") || entry.contains("jakarta.validation-api"))
                .collect(Collectors.joining(File.pathSeparator));
        compile(root.resolve("src/main/java"), contract + File.pathSeparator + annotations, classes);
    }

    private static void compile(Path sources, String classPath, Path target) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-nowarn", "-cp", classPath, "-d", target.toString()));
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
    }
}
