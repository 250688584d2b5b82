package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The contract fails where it should:")
class SabotageTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("quickMistakes")
    @DisplayName("a mistake fails the tests that are meant for it, and no other")
    void mistake(Mistake mistake) {
        assertEquals(mistake.tests(), SabotagedContract.failuresOf(mistake.backend()), mistake.what());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.vaelab.testkit.Mistakes#ofOperations")
    @DisplayName("a mistake of the arithmetic fails the tests that are meant for it, and no other")
    void arithmeticMistake(Mistake mistake) {
        assertEquals(mistake.tests(), SabotagedContract.arithmeticFailuresOf(mistake.backend()), mistake.what());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.vaelab.testkit.Mistakes#slow")
    @Tag(VaeBackendContract.SLOW)
    @DisplayName(
            "a mistake that takes memory, or that large models alone make, fails the slow test that is meant for it")
    void slowMistake(Mistake mistake) {
        String test = mistake.tests().iterator().next();
        assertEquals(mistake.tests(), SabotagedContract.failuresOf(mistake.backend(), test), mistake.what());
    }

    @Test
    @DisplayName("each of its tests is failed by a mistake")
    void everyTest() {
        Set<String> failed = Stream.of(quickMistakes(), Mistakes.ofOperations(), Mistakes.slow())
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
