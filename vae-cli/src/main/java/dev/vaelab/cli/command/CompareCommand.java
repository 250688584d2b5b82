package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.cli.terminal.Console;
import dev.vaelab.experiment.comparison.Comparison;
import dev.vaelab.experiment.comparison.ComparisonFolder;
import dev.vaelab.experiment.comparison.ComparisonPlan;
import dev.vaelab.experiment.comparison.ComparisonRunner;
import dev.vaelab.experiment.comparison.ComparisonTable;
import dev.vaelab.experiment.file.LoadedExperiment;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunLock;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiment.wiring.ReadinessCheck;
import dev.vaelab.report.page.ComparisonReport;
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

/** One experiment on several engines. */
@Command(
        name = "compare",
        description = {
            "Trains one experiment on several engines, each run in a Java machine of its own, and reports side by side.",
            "Exit code 0 if every run came to its end, 1 if not; the report is made in both cases."
        },
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {

    private static final double USUAL_MARGIN = 0.5;
    private static final int USUAL_PARITY_STEPS = 100;

    /** A new comparison, or an old one that goes on. */
    static final class What {
        @ArgGroup(exclusive = false, multiplicity = "1")
        private NewComparison comparison;

        @Option(
                names = "--resume",
                paramLabel = "DIR",
                description =
                        "Go on with the comparison of this folder: finished runs stay as they are, runs that were stopped go"
                                + " on from their checkpoints, runs that failed are tried again.")
        private Path resume;
    }

    /** An experiment and its engines. */
    static final class NewComparison {
        @Parameters(paramLabel = "CONFIG", description = "Experiment file, JSON or YAML.")
        private Path config;

        @Option(
                names = "--backends",
                required = true,
                split = ",",
                hideParamSyntax = true,
                paramLabel = "A,B,...",
                description = "The engines, at least two.")
        private List<String> backends;
    }

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private What what;

    @Option(
            names = "--seeds",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "N,...",
            description = "Seeds; every engine is trained with each. Default: the file's.")
    private List<Long> seeds = List.of();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override one key for every run; may be repeated. With --resume, only the key"
                    + " dataset.path: where images were moved to.")
    private List<String> overrides = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of the comparison, new or empty. Default: a new folder below runs.")
    private Path out;

    @Option(
            names = "--margin",
            paramLabel = "NATS",
            description = "Engines are equivalent if their test totals differ by less. Default: 0.5.")
    private Double margin;

    @Option(
            names = "--parity-steps",
            paramLabel = "N",
            description = "Steps of the parity certificate of each pair of engines; 0 for none. Default: 100.")
    private Integer paritySteps;

    @Mixin
    private ChildOptions children;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        Laboratory laboratory = PluginWarnings.open(spec);
        return what.resume == null ? begin(laboratory) : resume(laboratory);
    }

    private int begin(Laboratory laboratory) {
        ComparisonPlan plan = plan(laboratory);
        Path path = RunFolder.createEmpty(
                out, RunFolder.DEFAULT_PARENT, plan.config().name() + "-compare", LocalDateTime.now());
        try (RunLock lock = RunLock.acquireComparison(path)) {
            // Under the lock: another process may have begun in the same empty folder.
            new RunFolder(path).requireUnused();
            ComparisonFolder folder = new ComparisonFolder(path);
            folder.begin(plan);
            return run(plan, folder, lock);
        }
    }

    private ComparisonPlan plan(Laboratory laboratory) {
        List<String> names = BackendList.require(what.comparison.backends, 2, laboratory.backends()).stream()
                .map(VaeBackend::name)
                .toList();
        if (margin != null && !(margin > 0)) {
            throw new InvalidInputException(Problem.of("--margin", Double.toString(margin), "a number above 0"));
        }
        if (paritySteps != null) {
            WholeNumber.requireAtLeast(0, "--parity-steps", paritySteps);
        }
        ReadinessCheck readiness = new ReadinessCheck(laboratory);
        List<ExperimentConfig> experiments = names.stream()
                .map(name -> laboratory.loader().load(what.comparison.config, overrides, Optional.of(name)))
                .peek(readiness::require)
                .map(LoadedExperiment::config)
                .toList();
        ExperimentConfig experiment = experiments.get(0);
        return new ComparisonPlan(
                experiment,
                names,
                seeds.isEmpty()
                        ? List.of(experiment.seed())
                        : seeds.stream().distinct().toList(),
                margin == null ? USUAL_MARGIN : margin,
                paritySteps == null ? USUAL_PARITY_STEPS : paritySteps);
    }

    private int resume(Laboratory laboratory) {
        refuseWithResume("--seeds", seeds.isEmpty() ? null : seeds);
        if (!overrides.stream().allMatch(MovedImages::isTold)) {
            refuseWithResume("--set", String.join(" ", overrides));
        }
        refuseWithResume("--out", out);
        refuseWithResume("--margin", margin);
        refuseWithResume("--parity-steps", paritySteps);
        ComparisonFolder folder = ComparisonFolder.open(what.resume);
        try (RunLock lock = RunLock.acquireComparison(folder.path())) {
            return run(checked(folder, laboratory), folder, lock);
        }
    }

    /** The plan of a comparison that goes on, checked as if it were about to begin, with what the options say of its images. */
    private ComparisonPlan checked(ComparisonFolder folder, Laboratory laboratory) {
        ComparisonPlan plan = folder.read();
        LoadedExperiment loaded =
                laboratory.recorded(folder.plan(), List.of(plan.config())).atKey("config", overrides);
        ComparisonPlan told = plan.with(loaded.config());
        List<ComparisonPlan.Run> open =
                plan.runs().stream().filter(run -> !folder.isDone(run)).toList();
        if (open.isEmpty()) {
            return told;
        }
        BackendList.require(plan.backends(), 2, laboratory.backends());
        ReadinessCheck readiness = new ReadinessCheck(laboratory);
        List<Problem> problems = open.stream()
                .flatMap(run -> readiness.problems(told.configOf(run)).stream())
                .distinct()
                .toList();
        if (!problems.isEmpty()) {
            throw loaded.places().locate(MovedImages.advised(problems));
        }
        if (!told.equals(plan)) {
            folder.begin(told);
        }
        return told;
    }

    private static void refuseWithResume(String option, Object value) {
        if (value != null) {
            throw new InvalidInputException(new Problem(
                    option,
                    value + " with --resume",
                    "one of the two",
                    "a comparison goes on as it was begun: start another one for other settings"));
        }
    }

    private int run(ComparisonPlan plan, ComparisonFolder folder, RunLock lock) {
        announce(plan, folder);
        try (StopOfRuns stop = StopOfRuns.listen()) {
            try {
                Comparison comparison =
                        new ComparisonRunner(plan, folder, children.limits(), System.err::println).run();
                lock.requireInPlace();
                RunFolder.writeText(folder.path().resolve(Comparison.FILE), JsonText.page(comparison));
                ComparisonReport.write(
                        comparison, folder.path().resolve(Comparison.PAGE), Extras.warningOn(System.err));
                print(comparison, folder.path());
                return comparison.complete() ? ExitCode.OK : ExitCode.SOFTWARE;
            } catch (RunFailedException e) {
                if (!stop.requested()) {
                    throw e;
                }
                print(StoppedRuns.of(
                        "compare",
                        folder.path(),
                        plan.runs().stream().map(folder::folderOf).toList()));
                return ExitCode.SOFTWARE;
            }
        }
    }

    private static void announce(ComparisonPlan plan, ComparisonFolder folder) {
        long open = plan.runs().stream().filter(run -> !folder.isDone(run)).count();
        System.err.printf(
                Locale.ROOT,
                "%s: %d runs, %d of them to do; if it is stopped, go on with: vae compare --resume %s%n",
                plan.config().name(),
                plan.runs().size(),
                open,
                VisibleText.line(folder.path().toString()));
    }

    private void print(StoppedRuns stopped) {
        spec.commandLine().getOut().print(stopped.text(json.requested));
        spec.commandLine().getOut().flush();
    }

    private void print(Comparison comparison, Path folder) {
        PrintWriter output = spec.commandLine().getOut();
        if (json.requested) {
            output.println(JsonText.line(comparison));
        } else {
            output.print(ComparisonTable.of(comparison, Console.outputColumns()));
            output.println(VisibleText.line("comparison folder: " + folder));
        }
        output.flush();
    }
}
