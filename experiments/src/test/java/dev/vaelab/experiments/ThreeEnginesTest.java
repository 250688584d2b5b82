package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Three engines in one process")
final class ThreeEnginesTest {
    private static final String PARITY = "parity ./tiny.json --backends reference,djl,dl4j --steps 2";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws Exception {
        TinyExperiment.writeForAnyFolder(folder);
    }

    @Test
    @DisplayName("agree pair by pair, each told of while it is at work")
    void pairs() throws Exception {
        Outcome outcome = InProcess.in(folder).run(PARITY.split(" "));
        assertEquals(0, outcome.exitCode(), outcome.errors() + outcome.output());
        assertTrue(outcome.output().endsWith("passed: all 3 pairs"), outcome.output());
        for (String pair : List.of("djl with reference", "dl4j with reference", "dl4j with djl")) {
            assertTrue(outcome.output().contains("\n" + pair + " "), outcome.output());
            assertTrue(outcome.errors().contains(pair + ": step 2/2"), outcome.errors());
        }
    }

    @Test
    @DisplayName("give scripts the certificate of each pair")
    void json() throws Exception {
        Outcome outcome = InProcess.in(folder).run((PARITY + " --json").split(" "));
        assertEquals(0, outcome.exitCode(), outcome.errors());
        Map<?, ?> json = outcome.json();
        assertEquals(List.of("reference", "djl", "dl4j"), json.get("backends"));
        assertEquals(2, json.get("steps"));
        assertEquals(true, json.get("passed"));
        assertEquals(
                List.of("djl with reference", "dl4j with reference", "dl4j with djl"),
                ((List<?>) json.get("pairs"))
                        .stream()
                                .map(pair -> (Map<?, ?>) pair)
                                .map(pair -> pair.get("second") + " with " + pair.get("first"))
                                .toList());
    }
}
