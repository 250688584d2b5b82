package dev.vaelab.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.cli.terminal.Console;
import dev.vaelab.experiment.file.LoadedSweep;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.process.ChildCommands;
import dev.vaelab.experiment.process.ThreadShare;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunLock;
import dev.vaelab.experiment.sweep.Rungs;
import dev.vaelab.experiment.sweep.Sweep;
import dev.vaelab.experiment.sweep.SweepFolder;
import dev.vaelab.experiment.sweep.SweepRun;
import dev.vaelab.experiment.sweep.SweepRunner;
import dev.vaelab.experiment.sweep.SweepTable;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.report.page.SweepReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One experiment with different settings. */
@Command(
        name = "sweep",
        description = {
            "Trains one experiment with different settings, each run in a Java machine of its own, and ranks the runs.",
            "Exit code 0 if every run came to its end or was stopped by the rule of the sweep, 1 if not; the table and the"
                    + " report are made in both cases."
        },
        mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {

    /** A new sweep, or an old one that goes on. */
    static final class What {
        @Parameters(paramLabel = "SWEEP", description = "Sweep file, JSON or YAML; see vae schema --sweep.")
        private Path file;

        @Option(
                names = "--resume",
                paramLabel = "DIR",
                description =
                        "Go on with the sweep of this folder: finished runs stay as they are, runs that were interrupted go"
                                + " on from their checkpoints, runs that failed are tried again.")
        private Path resume;
    }

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private What what;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Runs at once; they share the processors, so that each has fewer threads."
                    + " Default: 1, or with --resume as before.")
    private Integer jobs;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override one key for every run; may be repeated. With --resume, only the key"
                    + " dataset.path: where images were moved to.")
    private List<String> overrides = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of the sweep, new or empty. Default: a new folder below runs.")
    private Path out;

    @Mixin
    private ChildOptions children;

    @Mixin
    private JsonOption json;

    /** What {@code --json} prints. */
    private record Summary(
            String folder,
            @JsonInclude(JsonInclude.Include.NON_NULL) Sweep.Epochs epochs,
            @JsonInclude(JsonInclude.Include.NON_NULL) List<Integer> rungs,
            @JsonUnwrapped Sweep sweep) {}

    @Override
    public Integer call() {
        if (jobs != null && jobs < 1) {
            throw new InvalidInputException(Problem.of("--jobs", jobs.toString(), "a whole number of at least 1"));
        }
        Laboratory laboratory = PluginWarnings.open(spec);
        return what.resume == null ? begin(laboratory) : resume(laboratory);
    }

    private int begin(Laboratory laboratory) {
        LoadedSweep loaded = laboratory.sweeps().load(what.file, overrides, Optional.empty());
        Sweep sweep = new SweepCheck(laboratory).require(loaded);
        Path path = RunFolder.createEmpty(out, RunFolder.DEFAULT_PARENT, sweep.name(), LocalDateTime.now());
        try (RunLock lock = RunLock.acquireSweep(path)) {
            // Under the lock: another process may have begun in the same empty folder.
            new RunFolder(path).requireUnused();
            return run(sweep, new SweepFolder(path), lock);
        }
    }

    private int resume(Laboratory laboratory) {
        if (!overrides.stream().allMatch(MovedImages::isTold)) {
            refuseWithResume("--set", String.join(" ", overrides));
        }
        refuseWithResume("--out", out);
        SweepFolder folder = SweepFolder.open(what.resume);
        try (RunLock lock = RunLock.acquireSweep(folder.path())) {
            return run(new SweepCheck(laboratory).require(folder, overrides), folder, lock);
        }
    }

    private int run(Sweep begun, SweepFolder folder, RunLock lock) {
        Sweep sweep = jobs == null ? begun : begun.withJobs(jobs);
        write(sweep, folder);
        ThreadShare threads = ThreadShare.of(sweep.jobs());
        announce(sweep, folder, threads);
        try (StopOfRuns stop = StopOfRuns.listen()) {
            try {
                Sweep ended = new SweepRunner(
                                folder,
                                new ChildCommands(
                                        folder.path(),
                                        children.limits(sweep.jobs()),
                                        threads.environment(System.getenv()),
                                        System.err::println),
                                sweep.jobs(),
                                System.err::println)
                        .run(sweep, changed -> {
                            lock.requireInPlace();
                            write(changed, folder);
                        });
                print(spec, json, ended, folder.path().toString());
                return ended.complete() ? ExitCode.OK : ExitCode.SOFTWARE;
            } catch (RunFailedException e) {
                if (!stop.requested()) {
                    throw e;
                }
                print(StoppedRuns.of(
                        "sweep",
                        folder.path(),
                        sweep.runs().stream().map(folder::folderOf).toList()));
                return ExitCode.SOFTWARE;
            }
        }
    }

    private void print(StoppedRuns stopped) {
        spec.commandLine().getOut().print(stopped.text(json.requested));
        spec.commandLine().getOut().flush();
    }

    /** Refuses an option that says what a sweep is to be, of one that goes on. */
    static void refuseWithResume(String option, Object value) {
        if (value != null) {
            throw new InvalidInputException(new Problem(
                    option,
                    value + " with --resume",
                    "one of the two",
                    "a sweep goes on as it was begun: start another one for other settings"));
        }
    }

    private static void write(Sweep sweep, SweepFolder folder) {
        folder.write(sweep);
        SweepReport.write(sweep, folder, Extras.warningOn(System.err));
    }

    private static void announce(Sweep sweep, SweepFolder folder, ThreadShare threads) {
        System.err.printf(
                Locale.ROOT,
                "%s: %d runs, %s; if it is stopped, go on with: vae sweep --resume %s%n",
                sweep.name(),
                sweep.runs().size(),
                sweep.rungs()
                        .map(rungs -> sweep.count(SweepRun.Status.FINISHED) + " of them at their end, "
                                + sweep.stopping().name() + " stops the bad ones")
                        .orElse(sweep.unfinished().size() + " of them to do"),
                VisibleText.line(folder.path().toString()));
        if (threads.jobs() > 1) {
            System.err.printf(
                    Locale.ROOT,
                    "%d runs at once, each with %s%n",
                    threads.jobs(),
                    threads.threads() == 1 ? "1 thread" : "at most " + threads.threads() + " threads");
        }
    }

    /**
     * Prints how a sweep has ended.
     *
     * @param path where people find its folder
     */
    static void print(CommandSpec spec, JsonOption json, Sweep sweep, String path) {
        PrintWriter output = spec.commandLine().getOut();
        if (json.requested) {
            output.println(JsonText.line(new Summary(
                    path,
                    sweep.stopping() == null ? null : sweep.epochs(),
                    sweep.rungs().map(Rungs::epochs).orElse(null),
                    sweep)));
        } else {
            output.print(SweepTable.of(sweep, Console.outputColumns()));
            output.println(VisibleText.line("sweep folder: " + path));
        }
        output.flush();
    }
}
