package dev.vaelab.experiment.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.experiment.SampleRuns;
import dev.vaelab.experiment.history.RunDifference.Entry;
import dev.vaelab.experiment.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The difference of two runs")
final class RunDifferenceTest {
    @TempDir
    private Path folder;

    private RunFolder first;
    private RunFolder second;

    @BeforeEach
    void write() throws IOException {
        first = SampleRuns.write(folder.resolve("first"), "djl", 1, 2, 97.5);
        second = SampleRuns.write(folder.resolve("second"), "djl", 1, 2, 97.25);
    }

    @Test
    @DisplayName("is none for runs that differ in their figures only")
    void none() {
        RunDifference difference = RunDifference.of(first, second);
        assertEquals(List.of(), difference.differences());
        assertEquals(Arrays.asList(Aspect.values()), difference.same());
        FigurePair total = figure(difference, "test total");
        assertEquals(-0.25, total.difference(), 1e-9);
        assertNull(total.notCompared());
    }

    @Test
    @DisplayName("does not tell of a setting twice, and not of who started the process")
    void settings() throws IOException {
        RunTableTest.replace(second.provenance(), "\"OMP_NUM_THREADS\" : \"2\"", "\"OMP_NUM_THREADS\" : \"1\"");
        RunTableTest.replace(second.provenance(), "\"blas\"", "\"OMP_NUM_THREADS\" : \"1\", \"blas\"");
        RunTableTest.replace(second.provenance(), "\"settings\" : {", "\"settings\" : { \"VAE_PARENT\" : \"4711\",");
        assertEquals(
                List.of(new Entry(Aspect.SETTINGS, "OMP_NUM_THREADS", "2", "1")),
                RunDifference.of(first, second).differences());
    }

    @Test
    @DisplayName("names each key of configuration, engine, versions, threads, data, seed and machine that differs")
    void keys() throws IOException {
        RunTableTest.replace(second.config(), "\"seed\": 1", "\"seed\": 2");
        RunTableTest.replace(second.config(), "\"latent\": 20", "\"latent\": 10");
        RunTableTest.replace(second.config(), "\"validation\": 10000", "\"validation\": 10000, \"train\": 500");
        RunTableTest.replace(second.provenance(), "\"version\" : \"1.2\"", "\"version\" : \"1.3\"");
        RunTableTest.replace(second.provenance(), "\"threads\" : 2", "\"threads\" : 4");
        RunTableTest.replace(second.provenance(), "00ff", "ff00");
        RunTableTest.replace(second.provenance(), "\"processor\" : \"processor\"", "\"processor\" : \"another\"");
        RunDifference difference = RunDifference.of(first, second);
        assertEquals(
                List.of(
                        new Entry(Aspect.CONFIGURATION, "model.latent", "20", "10"),
                        new Entry(Aspect.CONFIGURATION, "dataset.train", null, "500"),
                        new Entry(Aspect.SEED, "seed", "1", "2"),
                        new Entry(Aspect.VERSIONS, "engine", "1.2", "1.3"),
                        new Entry(Aspect.THREADS, "of one operation", "2", "4"),
                        new Entry(Aspect.DATA, "images", "00ff", "ff00"),
                        new Entry(Aspect.MACHINE, "processor", "processor", "another")),
                difference.differences());
        assertEquals(List.of(Aspect.ENGINE, Aspect.SETTINGS, Aspect.RESUMES), difference.same());
        String reason = figure(difference, "test total").notCompared();
        assertTrue(reason.matches("bce on mnist, images [0-9a-f]{8} / bce on mnist, images [0-9a-f]{8}"), reason);
        assertEquals(0.0, figure(difference, "training speed").difference());
    }

    @Test
    @DisplayName(
            "does not compare figures of different measures, and says why; the validation loss depends on beta too")
    void measures() throws IOException {
        RunTableTest.replace(second.config(), "\"beta\": 1.0", "\"beta\": 4.0");
        RunDifference beta = RunDifference.of(first, second);
        assertEquals(
                "bce on mnist with beta 1.0 / bce on mnist with beta 4.0",
                figure(beta, "validation loss").notCompared());
        assertEquals(-0.25, figure(beta, "test total").difference(), 1e-9);

        RunTableTest.replace(second.config(), "\"mnist\"", "\"idx\", \"path\": \"images\"");
        RunDifference images = RunDifference.of(first, second);
        FigurePair total = figure(images, "test total");
        assertNull(total.difference());
        assertEquals("bce on mnist / bce on idx images", total.notCompared());
        assertEquals(0.0, figure(images, "training speed").difference());
    }

    @Test
    @DisplayName("has what there is of a run that has not done an epoch yet")
    void unfinished() throws IOException {
        RunFolder begun = SampleRuns.begin(folder.resolve("begun"), "djl", "processor");
        assertEquals(
                "the second run has none",
                figure(RunDifference.of(first, begun), "test total").notCompared());
        Files.delete(begun.provenance());
        List<Entry> differences = RunDifference.of(first, begun).differences();
        assertTrue(
                differences.contains(new Entry(Aspect.VERSIONS, "program", "vaelab test", null)),
                differences.toString());
    }

    @Test
    @DisplayName("is refused for a run that is broken")
    void broken() throws IOException {
        Files.writeString(second.metrics(), "{");
        InvalidInputException failure =
                assertThrows(InvalidInputException.class, () -> RunDifference.of(first, second));
        assertTrue(
                failure.getMessage()
                        .startsWith(second.path() + ": found a run that cannot be read (" + second.metrics()
                                + ", line 1: "),
                failure.getMessage());
    }

    private static FigurePair figure(RunDifference difference, String name) {
        return difference.figures().stream()
                .filter(pair -> pair.figure().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
