package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.Measure;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.cli.log.RunLog;
import dev.vaelab.cli.progress.EpochBar;
import dev.vaelab.cli.progress.EpochLine;
import dev.vaelab.cli.progress.ProgressDisplay;
import dev.vaelab.cli.progress.TimeLimitLine;
import dev.vaelab.cli.terminal.Console;
import dev.vaelab.experiment.file.ExperimentWriter;
import dev.vaelab.experiment.file.LoadedExperiment;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.process.LauncherNotes;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.LatestRun;
import dev.vaelab.experiment.run.Resumption;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunHistory;
import dev.vaelab.experiment.run.RunLock;
import dev.vaelab.experiment.run.RunResult;
import dev.vaelab.experiment.wiring.DataSource;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiment.wiring.RunWatchers;
import dev.vaelab.report.RunReports;
import dev.vaelab.training.StopRequest;
import dev.vaelab.training.TrainingListener;
import dev.vaelab.training.TrainingProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
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

/** Trains, then tests the best checkpoint. */
@Command(
        name = "train",
        description = "Trains an experiment, then tests its best checkpoint; prints where the run folder is.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    /** A new run of a file, or an old run that goes on. */
    static final class What {
        @Parameters(paramLabel = "CONFIG", description = "Experiment file, JSON or YAML.")
        private Path config;

        @Option(
                names = "--resume",
                paramLabel = "RUN",
                description = "Go on where the training of this run folder stopped.")
        private Path resume;
    }

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private What what;

    @Mixin
    private ExperimentOptions options;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The run folder, new or empty. Default: a new folder below runs.")
    private Path out;

    @Option(
            names = "--until-epoch",
            paramLabel = "N",
            description = "Stop after this epoch with a checkpoint, to go on with --resume; learning rate and beta are"
                    + " those of a training of all epochs. Exit code 0.")
    private Integer untilEpoch;

    @Option(
            names = "--print-config",
            description = "Print the resolved experiment, which is an experiment file itself, and train nothing.")
    private boolean printConfig;

    @Option(
            names = "--fast-dev-run",
            description =
                    "Try everything out with one training step, one batch of validation and one of test, and keep nothing:"
                            + " exit code 0 says that all of it works.")
    private boolean fastDevRun;

    @Mixin
    private ProgressOptions progress;

    @Mixin
    private JsonOption json;

    /**
     * What {@code --json} prints.
     *
     * @param run the run folder; null for a fast dev run, which keeps none
     */
    private record Summary(
            String run,
            boolean finished,
            String backend,
            Measure measure,
            Integer bestEpoch,
            Double validationLoss,
            Figures test) {}

    @Override
    public Integer call() {
        if (untilEpoch != null && untilEpoch < 1) {
            throw new InvalidInputException(
                    Problem.of("--until-epoch", untilEpoch.toString(), "a whole number of at least 1"));
        }
        refuseWithFastDevRun("--resume", what.resume);
        refuseWithFastDevRun("--out", out);
        refuseWithFastDevRun("--until-epoch", untilEpoch);
        Laboratory laboratory = PluginWarnings.open(spec);
        Optional<RunFolder> resumed = resumed();
        Path file = resumed.map(RunFolder::config).orElse(what.config);
        LoadedExperiment loaded = laboratory.loader().load(file, options.overrides(), options.backend());
        ExperimentConfig config = loaded.config();
        Optional<Resumption> resumption = resumed.map(run -> new Resumption(run, config));
        if (printConfig) {
            spec.commandLine().getOut().print(new ExperimentWriter().write(config));
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        }
        if (fastDevRun) {
            return fastDevRun(laboratory.requireFastDevRun(loaded));
        }
        DataSource source =
                resumed.map(run -> DataSource.ofRun(run, loaded)).orElseGet(() -> DataSource.of(config.dataset()));
        Laboratory.Assembly experiment = laboratory.require(loaded, source);
        DataSplits splits = experiment.get(DataSplits.class);
        Architecture architecture = experiment.get(Architecture.class);

        boolean made = out == null || !Files.exists(out);
        RunFolder run = resumed.orElseGet(
                () -> RunFolder.create(out, RunFolder.DEFAULT_PARENT, config.name(), LocalDateTime.now()));
        // The lock is given back before the process may end.
        try (Interruption interruption = Interruption.listen(
                        new Interruption.Words("step", "a checkpoint", "vae train --resume " + run.path()));
                RunLock lock = RunLock.acquire(run)) {
            RunHistory history = RunHistory.NONE;
            if (resumption.isPresent()) {
                history = resumption.get().history(architecture, experiment.get(Dataset.class), splits);
                requireAhead(history);
                resumption.get().keepResult(history);
            } else {
                run.requireUnused();
            }
            run.prepare(new ExperimentWriter().write(config));
            LauncherNotes.trains(run);
            if (progress.display() != ProgressDisplay.QUIET) {
                Announcement.ofTraining(config, splits, run);
                if (resumption.isPresent()) {
                    Announcement.ofResume(config, run, history, lock);
                }
            }
            if (resumed.isEmpty()) {
                run.begin(made, () -> loadEngine(experiment.get(VaeBackend.class), run));
                LatestRun.link(run, RunFolder.DEFAULT_PARENT);
            }
            StopRequest stop = interruption.stop();
            if (untilEpoch != null) {
                stop.requestAfter(untilEpoch);
            }
            Optional<RunResult> result = train(experiment, run, lock, history, stop);
            boolean stopped = result.isEmpty() && stop.requested();
            interruption.workEnded(stopped);
            print(run, config, result, stopped);
            return stopped ? ExitCode.SOFTWARE : ExitCode.OK;
        }
    }

    private void requireAhead(RunHistory history) {
        TrainingProgress progress = history.progress();
        int begun = progress.epochsBegun();
        if (untilEpoch != null && untilEpoch < begun) {
            throw new InvalidInputException(new Problem(
                    "--until-epoch", untilEpoch.toString(), "at least " + begun, "so many epochs are done or begun"));
        }
    }

    private Optional<RunFolder> resumed() {
        if (what.resume != null && out != null) {
            throw new InvalidInputException(new Problem(
                    "--out " + out, "a folder beside --resume", "one of the two", "a run stays in its folder"));
        }
        return Optional.ofNullable(what.resume).map(RunFolder::open);
    }

    private void refuseWithFastDevRun(String option, Object value) {
        if (fastDevRun && value != null) {
            throw new InvalidInputException(new Problem(
                    option + " " + value,
                    "it with --fast-dev-run",
                    "one of the two",
                    "a fast dev run goes on with nothing and keeps nothing"));
        }
    }

    /** All that a training does, on a few images and in a folder that is removed. */
    private int fastDevRun(Laboratory.Assembly experiment) {
        ExperimentConfig config = experiment.get(ExperimentConfig.class);
        try (TemporaryFolder folder = TemporaryFolder.create("vae-fast-dev-run-")) {
            RunFolder run = new RunFolder(folder.path());
            try (Interruption interruption = Interruption.listen(
                            new Interruption.Words("step", "a result", "vae train --fast-dev-run " + what.config));
                    RunLock lock = RunLock.acquire(run)) {
                run.prepare(new ExperimentWriter().write(config));
                if (progress.display() != ProgressDisplay.QUIET) {
                    Announcement.ofFastDevRun(config, experiment.get(DataSplits.class));
                }
                Optional<RunResult> result = train(experiment, run, lock, RunHistory.NONE, interruption.stop());
                interruption.workEnded(result.isEmpty());
                printFastDevRun(config, result);
                return result.isPresent() ? ExitCode.OK : ExitCode.SOFTWARE;
            } catch (RunFailedException e) {
                folder.keep();
                System.err.println(VisibleText.line("what engine and program said is in " + run.log()));
                throw e;
            }
        }
    }

    private void printFastDevRun(ExperimentConfig config, Optional<RunResult> result) {
        PrintWriter output = spec.commandLine().getOut();
        if (json.requested) {
            output.println(JsonText.line(summary(null, config, result)));
        } else if (result.isPresent()) {
            output.println("fast dev run: training, validation, test and pictures work; nothing is kept");
        } else {
            output.println("fast dev run: stopped");
        }
        output.flush();
    }

    private static void loadEngine(VaeBackend backend, RunFolder run) {
        try (RunLog log = RunLog.open(run)) {
            log.keepFailure(backend::engine);
        }
    }

    private Optional<RunResult> train(
            Laboratory.Assembly experiment, RunFolder run, RunLock lock, RunHistory history, StopRequest stop) {
        try (RunLog log = RunLog.open(run)) {
            return log.keepFailure(() -> {
                try {
                    return experiment
                            .training(run, lock, history, stop, Extras.warningOn(System.err), watchers())
                            .execute(history.checkpoint());
                } catch (RunFailedException e) {
                    // A file that cannot be written says less than a folder that is gone.
                    lock.requireInPlace();
                    if (e.getCause() instanceof IOException && run.checkpoints().hasLast()) {
                        System.err.println(VisibleText.line(
                                "once it can be written to again, go on with: vae train --resume " + run.path()));
                    }
                    throw e;
                }
            });
        }
    }

    private RunWatchers watchers() {
        return context -> {
            List<TrainingListener> watchers = new ArrayList<>(new RunReports().of(context));
            int epochs = context.config().training().epochs();
            if (progress.display() == ProgressDisplay.BAR) {
                watchers.add(new EpochBar(
                        Console.drawing(),
                        Console::drawingColumns,
                        epochs,
                        context.splits().train().count(),
                        context.config().training().imagesPerStep()));
            }
            if (progress.display() != ProgressDisplay.QUIET) {
                watchers.add(new EpochLine(System.err, epochs));
                watchers.add(new TimeLimitLine(System.err, context.config().training(), context.run()));
            }
            return watchers;
        };
    }

    private void print(RunFolder run, ExperimentConfig config, Optional<RunResult> result, boolean stopped) {
        PrintWriter output = spec.commandLine().getOut();
        if (json.requested) {
            output.println(JsonText.line(summary(run.path().toString(), config, result)));
        } else if (result.isPresent()) {
            output.printf(
                    Locale.ROOT,
                    "%s%ntest: %s%nrun folder: %s%n",
                    best(result.get()),
                    FiguresText.of(result.get().test(), config.measure()),
                    VisibleText.line(run.path().toString()));
        } else {
            String state = stopped ? "stopped" : "paused after epoch " + untilEpoch;
            output.println(VisibleText.line(state + "; go on with: vae train --resume " + run.path()));
        }
        output.flush();
    }

    private static Summary summary(String run, ExperimentConfig config, Optional<RunResult> result) {
        return new Summary(
                run,
                result.isPresent(),
                config.backend(),
                config.measure(),
                result.map(RunResult::bestEpoch).orElse(null),
                result.map(RunResult::bestValidationLoss).orElse(null),
                result.map(RunResult::test).orElse(null));
    }

    private static String best(RunResult result) {
        return result.bestValidationLoss() == null
                ? "last epoch " + result.bestEpoch() + ", no validation images"
                : String.format(
                        Locale.ROOT,
                        "best epoch %d, validation loss %.3f",
                        result.bestEpoch(),
                        result.bestValidationLoss());
    }
}
