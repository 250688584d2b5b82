package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.GuideProject.TestRun;
import dev.vaelab.experiments.Program.Outcome;
import dev.vaelab.testkit.VaeBackendContract;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
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
    private static final String TEST = "com.example.parallel.ParallelBackendContractTest";

    @TempDir
    private Path folder;

    private EngineGuide guide;
    private GuideProject project;

    @BeforeEach
    void begin() throws Exception {
        guide = EngineGuide.read();
        project = GuideProject.begin(guide.page(), folder, "parallel-engine");
    }

    @Test
    @DisplayName("leads to an engine that passes the contract after each step, and quotes what the contract prints")
    void passes() throws Exception {
        List<String> quoted = guide.quotedMessages();
        TestRun copy = project.run(TEST);
        assertEquals(List.of(), copy.failures());
        assertTrue(copy.succeeded() > 300, copy.succeeded() + " tests passed");
        assertTrue(copy.printed().contains(quoted.get(0)), copy.printed());

        guide.page().replaceIn(project);
        TestRun parallel = project.run(TEST);
        assertEquals(List.of(), parallel.failures());
        assertEquals(copy.succeeded(), parallel.succeeded());

        GuidePage.replaceOnce(project.file(MATRIX), "int index = inner;", "int index = inner + 1;");
        List<String> failures = project.run(TEST).failures();
        assertTrue(failures.contains(quoted.get(1)), () -> String.join("\n", failures));
    }

    @Test
    @DisplayName("leads to a jar with which the program trains, to what the reference comes to")
    void trains() throws Exception {
        guide.page().replaceIn(project);
        project.writeJar(folder.resolve("plugins/parallel-engine-1.0.jar"));
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
        guide.page().requireVersions();
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
