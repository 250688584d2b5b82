package dev.vaelab.cli.command;

import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.Measure;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.training.Checkpoint;
import dev.vaelab.api.training.EpochMetrics;
import dev.vaelab.api.training.Figures;
import dev.vaelab.api.training.StopRequest;
import dev.vaelab.cli.experiment.ExperimentWriter;
import dev.vaelab.cli.json.JsonText;
import dev.vaelab.cli.progress.ProgressDisplay;
import dev.vaelab.cli.run.MetricsFile;
import dev.vaelab.cli.run.RunFolder;
import dev.vaelab.cli.run.RunLog;
import dev.vaelab.cli.run.RunResult;
import dev.vaelab.cli.wiring.Laboratory;
import dev.vaelab.cli.wiring.TrainingModule;
import dev.vaelab.cli.wiring.TrainingSession;
import java.io.PrintWriter;
import java.nio.file.Files;
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

/** Trains, then tests the best checkpoint. */
@Command(
        name = "train",
        description = "Trains an experiment, then tests its best checkpoint; prints where the run folder is.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    private static final Path RUNS = Path.of("runs");

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
            names = "--print-config",
            description = "Print the resolved experiment, which is an experiment file itself, and train nothing.")
    private boolean printConfig;

    @Mixin
    private ProgressOptions progress;

    @Mixin
    private JsonOption json;

    /** What {@code --json} prints. */
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
        Laboratory laboratory = Laboratory.open();
        Path file =
                what.resume == null ? what.config : RunFolder.open(what.resume).config();
        ExperimentConfig config = laboratory
                .loader()
                .load(file, options.overrides(), options.backend())
                .config();
        if (printConfig) {
            spec.commandLine().getOut().print(new ExperimentWriter().write(config));
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        }
        Laboratory.Experiment experiment = laboratory.require(config);
        DataSplits splits = experiment.get(DataSplits.class);
        Architecture architecture = experiment.get(Architecture.class);

        RunFolder run = folder(config);
        try (RunLog log = RunLog.open(run);
                Interruption interruption = Interruption.listen()) {
            Optional<RunResult> result = log.keepFailure(() -> {
                Optional<Checkpoint> checkpoint = checkpoint(run, architecture, config);
                RunFolder.writeText(run.config(), new ExperimentWriter().write(config));
                if (progress.display() != ProgressDisplay.QUIET) {
                    announce(config, splits, run);
                }
                return laboratory
                        .assemble(config, module(config, run, checkpoint, interruption.stop()))
                        .get(TrainingSession.class)
                        .execute(checkpoint);
            });
            print(run, config, result);
            return result.isPresent() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    /** Where the run stopped; nothing if it is new, only prepared, or was stopped before its first checkpoint. */
    private Optional<Checkpoint> checkpoint(RunFolder run, Architecture architecture, ExperimentConfig config) {
        if (what.resume == null) {
            return Optional.empty();
        }
        if (!run.checkpoints().hasLast()) {
            // A run that is only prepared begins, and nobody expects anything else.
            if (Files.exists(run.provenance())) {
                System.err.println("stopped before its first checkpoint: the training begins anew");
            }
            return Optional.empty();
        }
        return Optional.of(run.checkpoints()
                .loadLast(architecture, config.training().optimizer().settings()));
    }

    private static void announce(ExperimentConfig config, DataSplits splits, RunFolder run) {
        System.err.printf(
                Locale.ROOT,
                "%s: %d images to train on, %d to validate, %d to test; engine %s; run folder %s%n",
                config.name(),
                splits.train().count(),
                splits.validation().count(),
                splits.test().count(),
                config.backend(),
                run.path());
    }

    private TrainingModule module(
            ExperimentConfig config, RunFolder run, Optional<Checkpoint> checkpoint, StopRequest stop) {
        List<EpochMetrics> earlier = checkpoint
                .map(from -> MetricsFile.read(run).stream()
                        .filter(epoch -> epoch.epoch() < from.progress().epoch())
                        .toList())
                .orElse(List.of());
        return new TrainingModule(
                VersionProvider.program(),
                run,
                earlier,
                stop,
                System.err,
                Terminal::columns,
                progress.display(),
                config.logging());
    }

    private RunFolder folder(ExperimentConfig config) {
        if (what.resume != null) {
            return RunFolder.open(what.resume);
        }
        return RunFolder.create(out, RUNS, config.name(), LocalDateTime.now());
    }

    private void print(RunFolder run, ExperimentConfig config, Optional<RunResult> result) {
        PrintWriter output = spec.commandLine().getOut();
        if (json.requested) {
            output.println(JsonText.line(new Summary(
                    run.path().toString(),
                    result.isPresent(),
                    config.backend(),
                    config.measure(),
                    result.map(RunResult::bestEpoch).orElse(null),
                    result.map(RunResult::bestValidationLoss).orElse(null),
                    result.map(RunResult::test).orElse(null))));
        } else if (result.isPresent()) {
            output.printf(
                    Locale.ROOT,
                    "best epoch %d, validation loss %.3f%ntest: %s%nrun folder: %s%n",
                    result.get().bestEpoch(),
                    result.get().bestValidationLoss(),
                    FiguresText.of(result.get().test(), config.measure()),
                    run.path());
        } else {
            output.printf("stopped; go on with: vae train --resume %s%n", run.path());
        }
        output.flush();
    }
}
