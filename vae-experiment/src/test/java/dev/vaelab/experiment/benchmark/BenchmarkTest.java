package dev.vaelab.experiment.benchmark;

import static dev.vaelab.experiment.benchmark.SampleTurns.failed;
import static dev.vaelab.experiment.benchmark.SampleTurns.pace;
import static dev.vaelab.experiment.benchmark.SampleTurns.succeeded;
import static dev.vaelab.experiment.benchmark.SampleTurns.turn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.OperationCount;
import dev.vaelab.experiment.json.JsonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A benchmark")
final class BenchmarkTest {
    private static final double ROUNDING = 1e-12;
    private static final OperationCount OPERATIONS = new OperationCount(4_000_000, 6_000_000, 1_000_000, 1);

    @Test
    @DisplayName("has the median of the turns beside the smallest and the largest value")
    void spread() {
        List<Turn> odd =
                Stream.of(30.0, 10.0, 50.0).map(speed -> turn(speed, 100, null)).toList();
        assertSpread(30, 10, 50, Spread.of(odd, turn -> turn.training().speed()));
        List<Turn> even = Stream.of(8.0, 1.0, 2.0, 4.0)
                .map(speed -> turn(speed, 100, null))
                .toList();
        assertSpread(3, 1, 8, Spread.of(even, turn -> turn.training().speed()));
        assertSpread(
                1, 1, 1, Spread.of(even.subList(1, 2), turn -> turn.training().speed()));
    }

    @Test
    @DisplayName("tells the parts of a step from what can be measured, in the median of the turns")
    void shares() {
        StepShares shares = StepShares.of(List.of(
                turn(10, 100, null),
                turn(20, 100, null),
                new Turn(
                        pace(1),
                        pace(1),
                        pace(1),
                        pace(1),
                        pace(9),
                        new StepTimes(pace(1), pace(7), pace(8), pace(0.1)),
                        null,
                        null)));
        assertEquals(0.3, shares.forward(), ROUNDING);
        assertEquals(0.5, shares.backward(), ROUNDING);
        assertEquals(0.2, shares.update(), ROUNDING);
        assertEquals(0.01, shares.preparation(), ROUNDING);
    }

    @Test
    @DisplayName("holds speeds against the fastest product of matrices with as many threads, of whatever engine")
    void peaks() {
        Benchmark benchmark = benchmark(
                succeeded("one", 1, turn(100, 400, 3e9), turn(100, 400, 4e9)),
                succeeded("one", 2, turn(150, 400, 5e9)),
                succeeded("other", 1, turn(50, 100, 8e9)),
                succeeded("third", 4, turn(50, 100, null)));
        PeakShares shares = benchmark.results().get(0).peakShares();
        assertEquals(8e9, shares.peak());
        assertEquals(100 * 29e6 / 8e9, shares.training(), ROUNDING);
        assertEquals(400 * 10e6 / 8e9, shares.evaluation(), ROUNDING);
        assertEquals(800 * 4e6 / 8e9, shares.encoding(), ROUNDING);
        assertEquals(1600 * 6e6 / 8e9, shares.decoding(), ROUNDING);
        assertEquals(5e9, benchmark.results().get(1).peakShares().peak());
        assertSpread(3.5e9, 3e9, 4e9, benchmark.results().get(0).multiplication());
        assertNull(benchmark.results().get(3).peakShares());
        assertNull(benchmark.results().get(3).multiplication());
    }

    @Test
    @DisplayName("marks the number of threads with which each engine trains fastest")
    void best() {
        Benchmark benchmark = benchmark(
                succeeded("one", 1, turn(100, 900, null)),
                succeeded("one", 2, turn(150, 400, null), turn(90, 400, null)),
                failed("one", 4, "killed", turn(1000, 1000, null)),
                succeeded("other", 2, turn(50, 100, null)));
        assertEquals(
                List.of(false, true, false, true),
                benchmark.results().stream().map(Result::best).toList());
    }

    @Test
    @DisplayName("is complete only if no engine failed, and keeps what the others measured")
    void failures() {
        assertTrue(benchmark(succeeded("one", 1, turn(100, 400, null))).complete());
        Benchmark benchmark = benchmark(
                failed("one", 1, "killed: took 9 MiB", turn(1, 1, null)), succeeded("other", 1, turn(100, 400, null)));
        assertFalse(benchmark.complete());
        assertEquals("killed: took 9 MiB", benchmark.results().get(0).failure());
        assertNull(benchmark.results().get(0).imagesPerSecond());
        assertEquals(1, benchmark.results().get(0).turns().size());
        assertEquals(4, benchmark.results().get(1).evaluationByTraining(), ROUNDING);
    }

    @Test
    @DisplayName("is the same when it is read back from JSON")
    void json() {
        Benchmark benchmark =
                benchmark(succeeded("one", 1, turn(100, 400, 3e9)), failed("other", 1, "killed", turn(1, 1, null)));
        assertEquals(benchmark, JsonText.read(JsonText.line(benchmark), Benchmark.class));
    }

    @Test
    @DisplayName("prints within 100 columns what people look for")
    void table() {
        String table = BenchmarkTable.of(benchmark(
                succeeded("dl4j", 1, turn(1000, 4000, 100e9), turn(1010, 4000, 110e9)),
                succeeded("dl4j", 2, turn(1800, 7000, 200e9)),
                succeeded("reference", 2, turn(12.34, 45, null)),
                failed("djl", 2, "killed from outside, as the system does when it is out of memory")));
        assertEquals("""
                sample on mnist: channels [32, 64], hidden 256, latent 20, batch 128; turns: 5

                images/s     threads            training          evaluation            encoding            decoding
                dl4j         1          1005 [1000-1010]    4000 [4000-4000]    8000 [8000-8000] 16000 [16000-16000]
                dl4j         2 *        1800 [1800-1800]    7000 [7000-7000] 14000 [14000-14000] 28000 [28000-28000]
                reference    2          12.3 [12.3-12.3]    45.0 [45.0-45.0]    90.0 [90.0-90.0]       180 [180-180]
                median [minimum-maximum] of the turns; * trains fastest of its engine

                of a step    threads   forward  backward    update    next batch     evaluation/step     peak memory
                dl4j         1            30 %      50 %      20 %         1.0 %                3.98         1010 MB
                dl4j         2 *          30 %      50 %      20 %         1.0 %                3.89         1800 MB
                reference    2            30 %      50 %      20 %         1.0 %                3.65           12 MB
                forward, backward, update: differences of measurements; the next batch is another thread's work

                of the peak  threads     product GFLOP/s       training     evaluation       encoding       decoding
                dl4j         1                     105.0           26 %           36 %           29 %           87 %
                dl4j         2 *                   200.0           26 %           35 %           28 %           84 %
                reference    2                         -          0.2 %          0.2 %          0.2 %          0.5 %
                peak: the fastest product of float32 matrices, 1024 x 1024, with as many threads
                an image takes 29.00 MFLOP in a training step, 10.00 to evaluate, 4.00 to encode, 6.00 to decode

                Abacus, 2 processors; Java 17
                dl4j: Engine of dl4j 1.2
                reference: Engine of reference 1.2
                failed: djl with 2 threads: killed from outside, as the system does when it is out of memory
                """, table.lines().collect(Collectors.joining("\n", "", "\n")));
        assertTrue(table.lines().allMatch(line -> line.length() <= 100), table);
    }

    @Test
    @DisplayName("measures at least one batch, and counts the images of all that it serves")
    void stopwatch() {
        List<Integer> served = new ArrayList<>();
        Pace once = Stopwatch.measure(batches(), Duration.ofNanos(1), batch -> served.add(batch.count()));
        assertEquals(List.of(5), served);
        assertEquals(5, once.images());
        served.clear();
        Pace longer = Stopwatch.measureAll(batches(), Duration.ofMillis(20), all -> {
            while (all.hasNext()) {
                served.add(all.next().count());
            }
        });
        assertEquals(served.stream().mapToLong(Integer::longValue).sum(), longer.images());
        assertTrue(longer.seconds() >= 0.02, "seconds: " + longer.seconds());
    }

    private static Iterator<Batch> batches() {
        return Stream.generate(() -> new Batch(5, new float[0], new float[0])).iterator();
    }

    private static Benchmark benchmark(Outcome... outcomes) {
        ExperimentConfig config = new ExperimentConfig(
                "sample",
                1L,
                "one",
                new DatasetConfig("mnist", null, null, null, null, null, null, null),
                null,
                null,
                null,
                null,
                null,
                null);
        return Benchmark.of(config, OPERATIONS, 5, Duration.ofSeconds(2), List.of(outcomes));
    }

    private static void assertSpread(double median, double minimum, double maximum, Spread spread) {
        assertEquals(median, spread.median(), ROUNDING * median);
        assertEquals(minimum, spread.minimum(), ROUNDING * minimum);
        assertEquals(maximum, spread.maximum(), ROUNDING * maximum);
    }
}
