package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.launcher.TagFilter.includeTags;

import dev.vaelab.experiments.GuideProject.TestRun;
import dev.vaelab.experiments.Program.Outcome;
import dev.vaelab.testkit.VaeBackendContract;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/** Follows the page as its reader does. */
@DisplayName("docs/add-an-engine.md")
final class EngineGuideTest {
    private static final String TEST = "com.example.parallel.ParallelBackendContractTest";
    private static final String ENGINE = "src/main/java/com/example/parallel/ParallelEngine.java";
    private static final int LINES = 300;
    private static final int WIDTH = 120;

    @TempDir
    private Path folder;

    private EngineGuide guide;
    private GuideProject project;

    @BeforeEach
    void begin() throws Exception {
        guide = EngineGuide.read();
        project = guide.begin(folder);
    }

    @Test
    @DisplayName(
            "leads from an empty class, step by step, to an engine that passes, and quotes what the contract prints")
    void passes() throws Exception {
        List<String> quoted = guide.quotedMessages();
        List<String> steps = guide.steps();
        Set<String> named = steps.subList(0, steps.size() - 1).stream()
                .flatMap(step -> guide.passingAfter(step).stream())
                .collect(Collectors.toSet());
        requireQuoted(quoted.subList(0, 1), project.run(includeTags("identity"), TEST));
        TestRun before = project.run(named(named), TEST);
        assertEquals(named, before.failed());
        requireQuoted(quoted.subList(1, 2), before);

        for (String step : steps.subList(0, steps.size() - 1)) {
            guide.fillIn(project, step);
            TestRun after = project.run(named(named), TEST);
            for (String test : guide.passingAfter(step)) {
                assertTrue(before.failed().contains(test), test + " passed before " + step);
                assertFalse(after.failed().contains(test), test + " fails after " + step);
            }
            before = after;
        }
        guide.fillIn(project, steps.get(steps.size() - 1));
        TestRun complete = project.run(TEST);
        assertEquals(List.of(), complete.failures());
        assertTrue(complete.succeeded() > 300, complete.succeeded() + " tests passed");
        requireQuoted(quoted.subList(2, 3), complete);

        GuidePage.replaceOnce(project.file(ENGINE), "int index = 0; index < inner", "int index = 1; index < inner");
        TestRun wrong = project.run(includeTags("operations"), TEST);
        requireQuoted(quoted.subList(3, 4), wrong);
    }

    /** Lets tests of these names through, of operations and refusals: another group has one of the same name. */
    private static PostDiscoveryFilter named(Set<String> names) {
        PostDiscoveryFilter groups = includeTags("operations", "refusals");
        return test -> FilterResult.includedIf(test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> names.contains(((MethodSource) source).getMethodName())
                        && groups.apply(test).included())
                .orElse(true));
    }

    private static void requireQuoted(List<String> quoted, TestRun run) {
        for (String message : quoted) {
            assertTrue(
                    withoutCounts(run.printed()).lines().anyMatch(withoutCounts(message)::equals),
                    () -> message + "\n" + run.printed());
        }
    }

    /** How many tests there are changes with the contract. */
    private static String withoutCounts(String printed) {
        return printed.replaceAll("\\b[1-9]\\d* of \\d+ tests", "some tests")
                .replaceAll("\\b0 of \\d+ tests", "no tests");
    }

    @Test
    @DisplayName("needs at most 300 lines of Java, none of them crammed")
    void lines() throws Exception {
        guide.fillIn(project);
        assertTrue(project.linesOfCode() <= LINES, project.linesOfCode() + " lines");
        assertTrue(project.longestLine() <= WIDTH, project.longestLine() + " characters in a line");
    }

    @Test
    @DisplayName("leads to a jar with which the program trains, to what the reference comes to")
    void trains() throws Exception {
        guide.fillIn(project);
        project.writeJar(folder.resolve("plugins/parallel-engine-1.0.jar"));
        TinyExperiment.write(folder);
        Outcome expected = Program.run(folder, "train", "tiny.json", "--json");
        Outcome trained = Program.await(Program.withPlugins(
                folder.resolve("plugins"), folder, "train", "tiny.json", "--backend", "parallel", "--json"));
        assertEquals(0, trained.exitCode(), trained.errors());
        Map<?, ?> figures = (Map<?, ?>) expected.json().get("test");
        Map<?, ?> found = (Map<?, ?>) trained.json().get("test");
        assertEquals(figures.keySet(), found.keySet());
        figures.forEach((term, value) -> assertEquals((Double) value, (Double) found.get(term), 1e-3, (String) term));
    }

    @Test
    @DisplayName("asks Maven for this version of the contract, and for the plug-ins that build this project")
    void versions() throws Exception {
        guide.page().requireVersions();
    }

    @Test
    @DisplayName("explains failures of tests that there are, and knows every group of tests and every slow test")
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
        List<String> slow = Arrays.stream(VaeBackendContract.class.getDeclaredClasses())
                .flatMap(group -> Arrays.stream(group.getSuperclass().getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Tag.class))
                        .map(method -> title(group) + ": " + method.getName()))
                .toList();
        assertFalse(slow.isEmpty());
        assertTrue(guide.failureTests().containsAll(slow), slow.toString());
    }

    @Test
    @DisplayName("says by which tag a group is run, and names each of them")
    void tags() {
        for (Class<?> group : VaeBackendContract.class.getDeclaredClasses()) {
            String tag = group.getAnnotation(Tag.class).value();
            assertTrue(guide.page().below("### One group, or one test").text().contains("`" + tag + "`"), tag);
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
