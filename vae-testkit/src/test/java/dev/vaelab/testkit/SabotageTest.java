package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A hundred contracts, each on one thread, as many side by side as there are processors. */
@DisplayName("The contract fails where it should:")
class SabotageTest {
    /** What a test that measures the memory of this process has for itself. */
    private static final String MEMORY = "memory of the process";

    private static PrintStream out;

    /** What the contracts say of each test would be thousands of lines. */
    @BeforeAll
    static void silence() {
        out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    }

    @AfterAll
    static void endOfSilence() {
        System.setOut(out);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("quickMistakes")
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = MEMORY, mode = ResourceAccessMode.READ)
    @DisplayName("a mistake fails the tests that are meant for it, and no other")
    void mistake(Mistake mistake) {
        assertEquals(mistake.tests(), SabotagedContract.failuresOf(mistake.backend()), mistake.what());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.vaelab.testkit.Mistakes#ofOperations")
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = MEMORY, mode = ResourceAccessMode.READ)
    @DisplayName("a mistake of the arithmetic fails the tests that are meant for it, and no other")
    void arithmeticMistake(Mistake mistake) {
        assertEquals(mistake.tests(), SabotagedContract.arithmeticFailuresOf(mistake.backend()), mistake.what());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.vaelab.testkit.Mistakes#ofLargeModels")
    @Tag(VaeBackendContract.SLOW)
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = MEMORY, mode = ResourceAccessMode.READ)
    @DisplayName("a mistake that large models alone make fails the slow test that is meant for it")
    void largeMistake(Mistake mistake) {
        requireItsOneTest(mistake);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.vaelab.testkit.Mistakes#leaks")
    @Tag(VaeBackendContract.SLOW)
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(MEMORY)
    @DisplayName("a mistake that takes memory fails the slow test that is meant for it")
    void leak(Mistake mistake) {
        requireItsOneTest(mistake);
    }

    private static void requireItsOneTest(Mistake mistake) {
        String test = mistake.tests().iterator().next();
        assertEquals(mistake.tests(), SabotagedContract.failuresOf(mistake.backend(), test), mistake.what());
    }

    @Test
    @DisplayName("each of its tests is failed by a mistake")
    void everyTest() {
        Set<String> failed = Stream.of(
                        quickMistakes(), Mistakes.ofOperations(), Mistakes.ofLargeModels(), Mistakes.leaks())
                .flatMap(mistakes -> mistakes)
                .flatMap(mistake -> mistake.tests().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> tests = Arrays.stream(VaeBackendContract.class.getDeclaredClasses())
                .flatMap(SabotageTest::testsOf)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(tests, failed);
    }

    private static Stream<String> testsOf(Class<?> group) {
        return Arrays.stream(group.getSuperclass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(DisplayName.class))
                .map(method -> group.getSimpleName() + "." + method.getName());
    }

    private static Stream<Mistake> quickMistakes() {
        return Stream.of(
                        Mistakes.ofBackends(),
                        Mistakes.ofModels(),
                        Mistakes.ofParts(),
                        Mistakes.ofSeams(),
                        Mistakes.ofInputs(),
                        Mistakes.ofStates())
                .flatMap(mistakes -> mistakes);
    }
}
