package dev.vaelab.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.TrainingConfig;
import dev.vaelab.experiment.SampleRuns;
import dev.vaelab.experiment.file.Stopping;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.sweep.RungProgress;
import dev.vaelab.experiment.sweep.Sweep;
import dev.vaelab.experiment.sweep.SweepFolder;
import dev.vaelab.experiment.sweep.SweepRun;
import dev.vaelab.experiment.sweep.SweepRun.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The report of a sweep")
final class SweepReportTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("is whole, ranks the runs, and shows curves of finished runs and pictures of the best")
    void whole() throws IOException {
        SampleRuns.write(folder.resolve("seed=1"), "djl", 1, 3, 98);
        SampleRuns.write(folder.resolve("seed=2"), "djl", 2, 3, 97);
        SweepFolder sweepFolder = new SweepFolder(folder);
        sweepFolder.write(new Sweep("sample", 1, List.of("seed"), List.of(run(1), run(2), run(3))));

        SweepReport report = SweepReport.of(sweepFolder.read(), sweepFolder);

        SweepReport.Group group = report.groups().get(0);
        assertEquals(
                List.of("seed=2", "seed=1", "seed=3"),
                group.runs().stream().map(SweepRun::name).toList());
        assertEquals(
                List.of("seed=2", "seed=1"),
                group.curves().stream().map(RunCurves::run).toList());
        RunCurves best = group.curves().get(0);
        assertEquals(
                new LossCurves(Map.of(
                        "loss",
                        List.of(99.0, 98.0, 97.0),
                        "reconstruction",
                        List.of(79.0, 78.0, 77.0),
                        "kl",
                        List.of(20.0, 20.0, 20.0))),
                best.validation());
        assertEquals(
                new LossCurves(Map.of(
                        "loss",
                        List.of(104.0, 103.0, 102.0),
                        "reconstruction",
                        List.of(84.0, 83.0, 82.0),
                        "kl",
                        List.of(20.0, 20.0, 20.0))),
                best.training());
        assertEquals(1, best.activeUnits());
        assertEquals(2, group.pictures().size());
        new PageText(report.page()).assertWhole();
    }

    @Test
    @DisplayName("shows runs that were stopped behind those that are finished, with their rungs, curves and epochs")
    void stopped() throws IOException {
        SampleRuns.write(folder.resolve("seed=1"), "djl", 1, 3, 98);
        SampleRuns.write(folder.resolve("seed=2"), "djl", 2, 1, 97);
        Files.delete(folder.resolve("seed=2/result.json"));
        ExperimentConfig config = SampleRuns.config("djl");
        ExperimentConfig short3 = config.with(config.model(), JsonText.read("{\"epochs\": 3}", TrainingConfig.class));
        SweepRun first = run(1, Status.UNFINISHED, new RungProgress(1, 3, List.of(100.0)), short3);
        SweepRun second = run(2, Status.STOPPED, new RungProgress(1, 1, List.of(97.0)), short3);
        Stopping rule = new Stopping(Stopping.Rule.ASHA, 3, 1, 42);
        SweepFolder sweepFolder = new SweepFolder(folder);
        sweepFolder.write(new Sweep("sample", 1, List.of("seed"), null, rule, List.of(second, first)));

        SweepReport report = SweepReport.of(sweepFolder.read(), sweepFolder);

        SweepReport.Group group = report.groups().get(0);
        assertEquals(
                List.of("seed=1", "seed=2"),
                group.runs().stream().map(SweepRun::name).toList());
        assertEquals(
                List.of("seed=1", "seed=2"),
                group.curves().stream().map(RunCurves::run).toList());
        assertEquals(List.of(97.0), group.curves().get(1).validation().figures().get("loss"));
        assertEquals(List.of(1, 3), report.rungs());
        assertEquals(new Sweep.Epochs(4, 6), report.epochs());
        PageText page = new PageText(report.page());
        page.assertWhole();
        assertEquals("asha", page.data().get("stopping"));
    }

    @Test
    @DisplayName("shows the reason of a failure, whatever it looks like")
    void failure() {
        SweepRun failed = new SweepRun(
                "seed=1",
                Map.of("seed", 1),
                "mnist",
                Status.FAILED,
                false,
                SampleRuns.HOSTILE,
                null,
                null,
                null,
                SampleRuns.config("djl"));
        Sweep sweep = new Sweep("sample", 1, List.of("seed"), List.of(failed));

        PageText page =
                new PageText(SweepReport.of(sweep, new SweepFolder(folder)).page());

        page.assertWhole();
        Map<?, ?> group = (Map<?, ?>) ((List<?>) page.data().get("groups")).get(0);
        Map<?, ?> run = (Map<?, ?>) ((List<?>) group.get("runs")).get(0);
        assertEquals(SampleRuns.HOSTILE, run.get("failure"));
    }

    @Test
    @DisplayName("stays readable with many runs: it has the curves of the best ones only")
    void many() throws IOException {
        List<SweepRun> runs = new ArrayList<>();
        for (int seed = 1; seed <= 30; seed++) {
            SampleRuns.write(folder.resolve("seed=" + seed), "djl", seed, 1, 100 - seed);
            runs.add(run(seed));
        }
        SweepFolder sweepFolder = new SweepFolder(folder);
        sweepFolder.write(new Sweep("sample", 1, List.of("seed"), runs));

        SweepReport report = SweepReport.of(sweepFolder.read(), sweepFolder);

        assertEquals(24, report.groups().get(0).curves().size());
        assertEquals(30, report.groups().get(0).runs().size());
        assertEquals("seed=30", report.groups().get(0).curves().get(0).run());
    }

    /** A run as the state file has it after a kill; that it is finished is read from its folder. */
    private static SweepRun run(long seed) {
        return run(seed, Status.UNFINISHED, null, SampleRuns.config("djl"));
    }

    private static SweepRun run(long seed, Status status, RungProgress rungs, ExperimentConfig config) {
        return new SweepRun(
                "seed=" + seed,
                Map.of("seed", seed),
                "mnist, bce, beta 1",
                status,
                false,
                null,
                null,
                null,
                rungs,
                null,
                null,
                null,
                config);
    }
}
