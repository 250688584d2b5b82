package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.cluster.Cluster;
import dev.vaelab.experiment.cluster.ClusterTrainer;
import dev.vaelab.experiment.file.LoadedSweep;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunLock;
import dev.vaelab.experiment.sweep.Sweep;
import dev.vaelab.experiment.sweep.SweepRun;
import dev.vaelab.experiment.sweep.SweepRunner;
import dev.vaelab.experiment.wiring.Laboratory;
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

/** The runs of a sweep, each a part of its own. */
@Command(
        name = "sweep",
        description = {
            "Trains one experiment with different settings on the machines of a cluster, each run as a task of its own, and ranks the runs:"
                    + " the same files as those of vae sweep.",
            "A run whose machine is lost goes on from its last epoch on another one. The same command again, or --resume, goes on with what"
                    + " is left when this process was ended; finished runs stay as they are.",
            "Exit code 0 if every run came to its end or was stopped by the rule of the sweep, 1 if not."
        },
        mixinStandardHelpOptions = true)
final class SparkSweepCommand implements Callable<Integer> {

    /** A new sweep, or an old one that goes on. */
    static final class Source {
        @Parameters(paramLabel = "SWEEP", description = "Sweep file, JSON or YAML; see vae schema --sweep.")
        private Path file;

        @Option(names = "--resume", paramLabel = "DIR", description = "Go on with the sweep of this folder.")
        private String resume;
    }

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Runs at once, at most. Default: as many as the cluster has processors for.")
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
            description =
                    "Folder of the sweep that every machine reaches: a path that all have mounted, or hdfs:, s3a: or whatever else"
                            + " Hadoop reads. New or empty, or that of this sweep, which goes on. Default: a new folder below runs.")
    private String out;

    @Mixin
    private ChildOptions children;

    @Mixin
    private SparkOptions spark;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        if (jobs != null && jobs < 1) {
            throw new InvalidInputException(Problem.of("--jobs", jobs.toString(), "a whole number of at least 1"));
        }
        if (source.resume != null) {
            SweepCommand.refuseWithResume("--out", out);
            if (!overrides.stream().allMatch(MovedImages::isTold)) {
                SweepCommand.refuseWithResume("--set", String.join(" ", overrides));
            }
        }
        Laboratory laboratory = PluginWarnings.open(spec);
        Optional<LoadedSweep> loaded = Optional.ofNullable(source.file)
                .map(file -> laboratory.sweeps().load(file, overrides, Optional.empty()));
        Optional<Sweep> planned = loaded.map(sweep -> new SweepCheck(laboratory).require(sweep));
        String name = planned.map(Sweep::name).orElse(source.resume);
        try (Cluster cluster = spark.open("vae sweep " + name);
                SharedSweep folder = open(cluster, planned)) {
            if (planned.isEmpty() && !folder.isBegun()) {
                throw folder.noSweep();
            }
            try (RunLock lock = RunLock.acquireSweep(folder.files().path())) {
                return run(folder.reading(() -> begin(laboratory, planned, folder)), cluster, folder, lock);
            }
        }
    }

    private SharedSweep open(Cluster cluster, Optional<Sweep> planned) {
        String path = source.resume != null ? source.resume : out;
        if (path == null) {
            path = RunFolder.createEmpty(
                            null,
                            RunFolder.DEFAULT_PARENT,
                            planned.orElseThrow().name(),
                            LocalDateTime.now())
                    .toString();
        }
        return SharedSweep.open(cluster.folder(path), source.resume == null);
    }

    private Sweep begin(Laboratory laboratory, Optional<Sweep> planned, SharedSweep folder) {
        if (planned.isEmpty()) {
            return new SweepCheck(laboratory).require(folder.files(), overrides);
        }
        if (!folder.isBegun()) {
            folder.requireUnused();
            return planned.get();
        }
        Sweep begun = folder.files().read();
        if (!isSame(begun, planned.get())) {
            throw new InvalidInputException(new Problem(
                    "--out " + folder.shared().path(),
                    "another sweep",
                    "a new or empty folder, or that of this sweep",
                    "a sweep goes on as it was begun: name another folder"));
        }
        return begun;
    }

    private static boolean isSame(Sweep begun, Sweep planned) {
        return begun.name().equals(planned.name())
                && begun.by().equals(planned.by())
                && Optional.ofNullable(begun.stopping()).equals(Optional.ofNullable(planned.stopping()))
                && begun.runs().stream()
                        .map(SweepRun::name)
                        .toList()
                        .equals(planned.runs().stream().map(SweepRun::name).toList())
                && begun.runs().stream()
                        .map(SweepRun::config)
                        .toList()
                        .equals(planned.runs().stream().map(SweepRun::config).toList());
    }

    private int run(Sweep sweep, Cluster cluster, SharedSweep folder, RunLock lock) {
        folder.write(sweep);
        int atOnce = jobs != null
                ? jobs
                // Where all are trained whole, the cluster may have them all, and does as many as it has room for, also
                // later.
                : sweep.rungs().isPresent()
                        ? cluster.slots()
                        : Math.max(1, sweep.unfinished().size());
        System.err.printf(
                Locale.ROOT,
                "%s: %d runs, %d of them to do, each with %s; if this is stopped, go on with: vae spark sweep --resume %s%n",
                sweep.name(),
                sweep.runs().size(),
                sweep.unfinished().size(),
                cluster.threads() == 1 ? "1 thread" : cluster.threads() + " threads",
                VisibleText.line(folder.shared().path()));
        try (StopOfRuns stop = StopOfRuns.listen();
                ClusterTrainer trainer = new ClusterTrainer(
                        cluster, folder.shared(), children.silence(), children.memory(), System.err::println)) {
            try {
                Sweep ended = new SweepRunner(folder.files(), trainer, atOnce, System.err::println)
                        .run(sweep, changed -> {
                            lock.requireInPlace();
                            folder.write(changed);
                        });
                SweepCommand.print(spec, json, ended, folder.shared().path());
                return ended.complete() ? ExitCode.OK : ExitCode.SOFTWARE;
            } catch (RunFailedException e) {
                if (!stop.requested()) {
                    throw e;
                }
                System.err.println(VisibleText.line("stopped; go on with: vae spark sweep --resume "
                        + folder.shared().path()));
                return ExitCode.SOFTWARE;
            }
        }
    }
}
