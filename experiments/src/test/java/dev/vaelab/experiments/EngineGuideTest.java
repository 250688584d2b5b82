package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.EngineProject.ContractRun;
import dev.vaelab.experiments.Program.Outcome;
import dev.vaelab.testkit.VaeBackendContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows the page as its reader does. */
@DisplayName("docs/add-an-engine.md")
final class EngineGuideTest {
    private static final String MATRIX = "src/main/java/com/example/parallel/Matrix.java";

    @TempDir
    private Path folder;

    private EngineGuide guide;
    private EngineProject project;

    @BeforeEach
    void begin() throws Exception {
        guide = EngineGuide.read();
        project = EngineProject.begin(guide, folder);
    }

    @Test
    @DisplayName("leads to an engine that passes the contract after each step, and quotes what the contract prints")
    void passes() throws Exception {
        List<String> quoted = guide.quotedMessages();
        ContractRun copy = project.runContract();
        assertEquals(List.of(), copy.failures());
        assertTrue(copy.succeeded() > 60, copy.succeeded() + " tests passed");
        assertTrue(copy.printed().contains(quoted.get(0)), copy.printed());

        guide.replaceIn(project);
        ContractRun parallel = project.runContract();
        assertEquals(List.of(), parallel.failures());
        assertEquals(copy.succeeded(), parallel.succeeded());

        EngineGuide.replaceOnce(project.file(MATRIX), "int index = inner;", "int index = inner + 1;");
        List<String> failures = project.runContract().failures();
        assertTrue(failures.contains(quoted.get(1)), () -> String.join("\n", failures));
    }

    @Test
    @DisplayName("leads to a jar with which the program trains, to what the reference comes to")
    void trains() throws Exception {
        guide.replaceIn(project);
        project.writeJar(folder.resolve("plugins"));
        TinyExperiment.write(folder);
        Outcome expected = Program.run(folder, "train", "tiny.json", "--json");
        Outcome trained = Program.await(Program.withPlugins(
                folder.resolve("plugins"), folder, "train", "tiny.json", "--backend", "parallel", "--json"));
        assertEquals(0, trained.exitCode(), trained.errors());
        assertEquals(expected.json().get("test"), trained.json().get("test"));
    }

    @Test
    @DisplayName("asks Maven for this version of the contract, and for the plug-ins that build this project")
    void versions() throws Exception {
        String parent = Files.readString(EngineGuide.PROJECT.resolve("pom.xml"));
        String page = guide.files().get("pom.xml");
        Pattern version = Pattern.compile("<artifactId>vae-parent</artifactId>\\s*<version>(.*?)</version>");
        assertTrue(page.contains("<vaelab.version>" + firstGroup(version, parent) + "</vaelab.version>"));
        Pattern plugin = Pattern.compile("<artifactId>(maven-\\w+-plugin)</artifactId>\\s*<version>.*?</version>");
        assertEquals(4, plugin.matcher(page).results().count());
        plugin.matcher(page)
                .results()
                .map(match -> match.group().replaceAll("\\s", ""))
                .forEach(pinned -> assertTrue(parent.replaceAll("\\s", "").contains(pinned), pinned));
    }

    private static String firstGroup(Pattern pattern, String text) {
        return pattern.matcher(text).results().findFirst().orElseThrow().group(1);
    }

    @Test
    @DisplayName("explains failures of tests that there are, and knows every group of tests")
    void failures() {
        Set<String> groups = Arrays.stream(VaeBackendContract.class.getDeclaredClasses())
                .map(EngineGuideTest::title)
                .collect(Collectors.toSet());
        Set<String> tests = Arrays.stream(VaeBackendContract.class.getDeclaredClasses())
                .flatMap(EngineGuideTest::testsOf)
                .collect(Collectors.toSet());
        assertEquals(groups, guide.failureGroups());
        for (String test : guide.failureTests()) {
            assertTrue(tests.contains(test), test);
        }
    }

    private static String title(Class<?> group) {
        return group.getAnnotation(DisplayName.class).value().replace(":", "");
    }

    private static Stream<String> testsOf(Class<?> group) {
        return Arrays.stream(group.getSuperclass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(DisplayName.class))
                .map(method -> title(group) + ": " + method.getName());
    }
}
