package dev.vaelab.experiment.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.TrainingConfig;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.SampleRuns;
import dev.vaelab.experiment.file.Ranking;
import dev.vaelab.experiment.file.Stopping;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.MetricsFile;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunOutcome;
import dev.vaelab.experiment.run.RunResult;
import dev.vaelab.training.EpochMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose losses are known beforehand; a decision is written {@code run@epoch}. */
@DisplayName("Successive halving of the runs of a sweep")
final class HalvingTest {
    private static final long SEED = 5;

    /** The loss of each run in every epoch, in the order in which the runs are begun. */
    private static final double[] LOSSES = {5, 3, 4, 9, 8, 7, 1, 2, 6};

    private static final UnaryOperator<Sweep> UNTOUCHED = sweep -> sweep;

    @TempDir
    private Path folder;

    @Nested
    @DisplayName("without waiting (asha)")
    class Asynchronous {
        @Test
        @DisplayName(
                "sends on what is among the best third of a rung so far, from the highest rung, else begins another run")
        void decisions() {
            List<String> decisions = new ArrayList<>();

            Sweep ended = run(Stopping.Rule.ASHA, decisions, UNTOUCHED);

            assertEquals(
                    List.of(
                            "0@1", "1@1", "2@1", "1@3", "3@1", "4@1", "5@1", "2@3", "6@1", "6@3", "6@9", "7@1", "7@3",
                            "8@1"),
                    decisions);
            assertEquals(new Sweep.Epochs(9 + 4 * 2 + 6, 81), ended.epochs());
            assertTrue(ended.complete());
            assertEquals(1, ended.count(SweepRun.Status.FINISHED));
            assertEquals(8, ended.count(SweepRun.Status.STOPPED));
            SweepRun best =
                    ended.runs().stream().filter(SweepRun::best).findFirst().orElseThrow();
            assertEquals("6", best.name());
            assertEquals(List.of(1.0, 1.0, 1.0), best.rungs().scores());
        }

        @Test
        @DisplayName("decides after a kill at any moment as it would have without")
        void killed() {
            List<String> whole = new ArrayList<>();
            Sweep expected = run(Stopping.Rule.ASHA, whole, UNTOUCHED);
            for (int moment = 0; moment < whole.size(); moment++) {
                int kill = moment;
                List<String> decisions = new ArrayList<>();

                Sweep ended = run(
                        Stopping.Rule.ASHA, decisions, sweep -> decisions.size() == kill + 1 ? reread(sweep) : sweep);

                // What was at work is begun again with the same decision; whoever trains it goes on from its
                // checkpoint.
                List<String> again = new ArrayList<>(whole);
                again.add(kill, whole.get(kill));
                assertEquals(again, decisions, "killed at decision " + kill);
                assertEquals(expected, ended);
            }
        }

        @Test
        @DisplayName("gives each of several workers a run, and has none wait for another")
        void workers() {
            Sweep sweep = sweep(Stopping.Rule.ASHA);
            Halving halving = new Halving(sweep.stopping(), sweep.rungs().orElseThrow(), 9);
            Set<String> atWork = new HashSet<>();
            for (int worker = 0; worker < 9; worker++) {
                SweepRun next = halving.next(sweep.runs(), atWork).orElseThrow();
                atWork.add(next.name());
                sweep = sweep.with(next);
            }
            assertEquals(Optional.empty(), halving.next(sweep.runs(), atWork));
            for (String done : List.of("3", "4", "5")) {
                atWork.remove(done);
                sweep = sweep.with(train(named(sweep, done), sweep, false));
            }
            assertEquals("5@3", decision(halving.next(sweep.runs(), atWork).orElseThrow()));
        }
    }

    @Nested
    @DisplayName("rung by rung (halving)")
    class Synchronous {
        @Test
        @DisplayName("sends on the best third of a rung once all have come to it, whatever the order they came in")
        void decisions() {
            List<String> decisions = new ArrayList<>();

            Sweep ended = run(Stopping.Rule.HALVING, decisions, UNTOUCHED);

            List<String> first =
                    ended.runs().stream().map(run -> run.name() + "@1").toList();
            assertEquals(first, decisions.subList(0, 9));
            assertEquals(List.of("6@3", "7@3", "1@3", "6@9"), decisions.subList(9, decisions.size()));
            assertEquals(new Sweep.Epochs(9 + 3 * 2 + 6, 81), ended.epochs());
        }

        @Test
        @DisplayName("waits for the runs on their way to a rung before it sends others on from there")
        void waits() {
            Sweep sweep = sweep(Stopping.Rule.HALVING);
            Halving halving = new Halving(sweep.stopping(), sweep.rungs().orElseThrow(), 9);
            Set<String> atWork = new HashSet<>();
            for (int run = 0; run < 9; run++) {
                SweepRun next = halving.next(sweep.runs(), atWork).orElseThrow();
                sweep = sweep.with(next);
                if (run == 4) {
                    atWork.add(next.name());
                } else {
                    sweep = sweep.with(train(next, sweep, false));
                }
            }
            assertEquals(Optional.empty(), halving.next(sweep.runs(), atWork));
        }
    }

    @Test
    @DisplayName(
            "takes a run that failed for the worst at its rung, and does not send it on; a resume tries it again first")
    void failures() {
        List<String> decisions = new ArrayList<>();
        Sweep sweep = sweep(Stopping.Rule.ASHA);
        Halving halving = new Halving(sweep.stopping(), sweep.rungs().orElseThrow(), 9);
        Optional<SweepRun> next = halving.next(sweep.runs(), Set.of());
        while (next.isPresent()) {
            decisions.add(decision(next.get()));
            sweep = sweep.with(train(next.get(), sweep, next.get().name().equals("1")));
            next = halving.next(sweep.runs(), Set.of());
        }

        assertEquals(List.of("0@1", "1@1", "2@1", "2@3"), decisions.subList(0, 4));
        assertEquals(SweepRun.Status.FAILED, named(sweep, "1").status());
        SweepRun again = named(sweep, "1").again();
        assertEquals(
                "1@1", decision(halving.next(sweep.with(again).runs(), Set.of()).orElseThrow()));
    }

    @Test
    @DisplayName("counts a run that early stopping has ended at every rung, as it ended")
    void earlyStopping() {
        Sweep sweep = sweep(Stopping.Rule.ASHA);
        SweepRun run = named(sweep, "0").to(3);

        SweepRun ended = run.ended(outcome(run, 2, true), sweep.judge());

        assertEquals(new RungProgress(2, 3, List.of(5.0, 5.0, 5.0)), ended.rungs());
        assertEquals(SweepRun.Status.FINISHED, ended.status());
    }

    @Test
    @DisplayName("compares the best epoch so far, by the metric of the sweep")
    void metric() {
        List<EpochMetrics> epochs = List.of(epoch(1, 9, true), epoch(2, 7, true), epoch(3, 8, false));

        assertEquals(Optional.of(7.0), new Judge(Ranking.Metric.LOSS, Optional.empty()).score(epochs, 3));
        assertEquals(Optional.of(9.0), new Judge(Ranking.Metric.LOSS, Optional.empty()).score(epochs, 1));
        assertEquals(Optional.of(27.0), new Judge(Ranking.Metric.TOTAL, Optional.empty()).score(epochs, 3));
        assertEquals(
                Optional.of(7.0 + 15), new Judge(Ranking.Metric.RECONSTRUCTION, Optional.empty()).score(epochs, 3));
        assertEquals(Optional.empty(), new Judge(Ranking.Metric.LOSS, Optional.empty()).score(List.of(), 3));
    }

    @Test
    @DisplayName("has rungs at r, r * eta, r * eta^2 and so on below the last epoch, and there")
    void rungs() {
        assertEquals(
                List.of(1, 3, 9),
                Rungs.of(new Stopping(Stopping.Rule.ASHA, 3, 1, SEED), 9).epochs());
        assertEquals(
                List.of(2, 8, 20),
                Rungs.of(new Stopping(Stopping.Rule.ASHA, 4, 2, SEED), 20).epochs());
        assertEquals(
                List.of(1_500_000_000, Integer.MAX_VALUE),
                Rungs.of(new Stopping(Stopping.Rule.ASHA, 2, 1_500_000_000, SEED), Integer.MAX_VALUE)
                        .epochs());
    }

    @Test
    @DisplayName("rests after a kill on what the runs have recorded themselves")
    void recorded() throws Exception {
        Sweep sweep = sweep(Stopping.Rule.ASHA);
        SweepRun stopped = train(named(sweep, "0").to(1), sweep, false);
        SweepRun begun = named(sweep, "1").to(1);
        sweep = sweep.with(stopped).with(begun);
        SweepFolder sweepFolder = new SweepFolder(folder);
        sweepFolder.write(sweep);
        RunFolder run = sweepFolder.prepare(stopped);
        MetricsFile metrics = new MetricsFile(run, List.of());
        metrics.epochFinished(epoch(1, 77, true), null);
        // Killed between the epoch and its checkpoint, so that only whoever trains knows whether it is done.
        new MetricsFile(sweepFolder.prepare(begun), List.of()).epochFinished(epoch(1, 3, true), null);

        Sweep read = sweepFolder.read();

        assertEquals(List.of(77.0), named(read, "0").rungs().scores());
        assertEquals(SweepRun.Status.STOPPED, named(read, "0").status());
        assertEquals(RungProgress.begin(1), named(read, "1").rungs());
        assertEquals(SweepRun.Status.UNFINISHED, named(read, "1").status());
        assertNull(named(read, "2").rungs());

        Files.delete(run.metrics());
        assertEquals(List.of(5.0), named(sweepFolder.read(), "0").rungs().scores());
    }

    @Test
    @DisplayName("shows in the table how far each run came, and how many epochs that were")
    void table() {
        Sweep sweep = sweep(Stopping.Rule.ASHA);
        for (int begun = 0; begun < 4; begun++) {
            SweepRun run = named(sweep, Integer.toString(begun)).to(1);
            sweep = sweep.with(begun == 3 ? run : train(run, sweep, begun == 2));
        }
        SweepRun best = named(sweep, "1").to(9);
        sweep = sweep.with(train(best, sweep, false));

        String table = SweepTable.of(sweep);

        assertEquals("""
                s: 1 of 9 runs finished, 1 stopped, 1 failed; in nats per image, lower is better, * is the best
                10 of 81 epochs trained (12 %); asha, rungs at epochs 1, 3, 9

                  seed  rung  epochs  validation loss  test total  test reconstruction  test kl  images/s
                * 1     3/3   9                 3.000      30.000               10.000   20.000      1000
                  0     1/3   1       stopped at validation loss 5.000
                """, String.join("\n", table.lines().limit(6).toList()) + "\n");
        assertTrue(table.contains("\n  2     0/3   0       failed: no luck\n"), table);
        assertTrue(table.contains("\n  3     0/3   0       not finished\n"), table);
    }

    private static Sweep reread(Sweep sweep) {
        return JsonText.read(JsonText.page(sweep), Sweep.class);
    }

    /** Does a sweep to its end, one run after the other. */
    private static Sweep run(Stopping.Rule rule, List<String> decisions, UnaryOperator<Sweep> fate) {
        Sweep sweep = sweep(rule);
        Halving halving = new Halving(sweep.stopping(), sweep.rungs().orElseThrow(), LOSSES.length);
        Optional<SweepRun> next = halving.next(sweep.runs(), Set.of());
        while (next.isPresent()) {
            decisions.add(decision(next.get()));
            sweep = sweep.with(next.get());
            Sweep after = fate.apply(sweep);
            sweep = after == sweep ? sweep.with(train(next.get(), sweep, false)) : after;
            next = halving.next(sweep.runs(), Set.of());
        }
        return sweep;
    }

    private static String decision(SweepRun run) {
        return run.name() + "@" + run.rungs().until();
    }

    private static SweepRun named(Sweep sweep, String name) {
        return sweep.runs().stream()
                .filter(run -> run.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A run of each loss, whose name is when asha begins it. */
    private static Sweep sweep(Stopping.Rule rule) {
        int[] order = new RandomStreams(SEED).permutation(LOSSES.length, Purpose.TRIAL_ORDER);
        SweepRun[] runs = new SweepRun[LOSSES.length];
        ExperimentConfig sample = SampleRuns.config("djl");
        ExperimentConfig config = sample.with(sample.model(), new TrainingConfig(9, null, null, null, null, null));
        for (int turn = 0; turn < order.length; turn++) {
            runs[order[turn]] = SweepRun.planned(Integer.toString(turn), Map.of("seed", turn), config, Ranking.BY_LOSS);
        }
        return new Sweep("s", 1, List.of("seed"), null, new Stopping(rule, 3, 1, SEED), Arrays.asList(runs));
    }

    private static SweepRun train(SweepRun run, Sweep sweep, boolean fails) {
        if (fails) {
            return run.ended(new RunOutcome("no luck", null, List.of(), null), sweep.judge());
        }
        int until = run.rungs().until();
        return run.ended(outcome(run, until, until == 9), sweep.judge());
    }

    private static RunOutcome outcome(SweepRun run, int epochs, boolean finished) {
        double loss = LOSSES[Integer.parseInt(run.name())];
        List<EpochMetrics> metrics = new ArrayList<>();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            metrics.add(epoch(epoch, loss, epoch == 1));
        }
        RunResult result =
                new RunResult("s", "djl", 1, epochs, 1, loss, run.config().measure(), new Figures(10, 20));
        return new RunOutcome(null, finished ? result : null, metrics, null);
    }

    /** With a total of 20 and more than the loss. */
    private static EpochMetrics epoch(int epoch, double loss, boolean best) {
        Map<String, Double> terms = Map.of("reconstruction", loss + 15, "kl", 5.0);
        Figures figures = new Figures(terms, loss);
        return new EpochMetrics(
                epoch, epoch, null, figures, figures, loss, best, 0.1, 1, 1, 1, 1000, OptionalLong.empty());
    }
}
