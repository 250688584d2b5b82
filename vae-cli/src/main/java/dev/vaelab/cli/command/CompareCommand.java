package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.comparison.ComparedRun;
import dev.vaelab.experiment.comparison.Comparison;
import dev.vaelab.experiment.comparison.ComparisonRunner;
import dev.vaelab.experiment.comparison.ComparisonTable;
import dev.vaelab.experiment.file.LoadedExperiment;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiment.wiring.ReadinessCheck;
import dev.vaelab.report.page.ComparisonReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CONFIG", description = "Experiment file, JSON or YAML.")
    private Path config;

    @Option(
            names = "--backends",
            required = true,
            split = ",",
            paramLabel = "A,B,...",
            description = "The engines, at least two.")
    private List<String> backends;

    @Option(
            names = "--seeds",
            split = ",",
            paramLabel = "N,...",
            description = "Seeds; every engine is trained with each. Default: the file's.")
    private List<Long> seeds = List.of();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Override one key for every run; may be repeated.")
    private List<String> overrides = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of the comparison, new or empty. Default: a new folder below runs.")
    private Path out;

    @Option(
            names = "--margin",
            defaultValue = "0.5",
            paramLabel = "NATS",
            description = "Engines are equivalent if their test totals differ by less. Default: 0.5.")
    private double margin;

    @Option(
            names = "--parity-steps",
            defaultValue = "100",
            paramLabel = "N",
            description =
                    "Steps of the parity certificate of the first engine with each other; 0 for none. Default: 100.")
    private int paritySteps;

    @Mixin
    private ChildOptions children;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        Laboratory laboratory = Laboratory.open();
        List<String> names = BackendList.require(backends, 2, laboratory.backends()).stream()
                .map(VaeBackend::name)
                .toList();
        if (!(margin > 0)) {
            throw new InvalidInputException(Problem.of("--margin", Double.toString(margin), "a number above 0"));
        }
        WholeNumber.requireAtLeast(0, "--parity-steps", paritySteps);
        ReadinessCheck readiness = new ReadinessCheck(laboratory);
        List<ExperimentConfig> experiments = names.stream()
                .map(name -> laboratory.loader().load(config, overrides, Optional.of(name)))
                .peek(readiness::require)
                .map(LoadedExperiment::config)
                .toList();
        ExperimentConfig experiment = experiments.get(0);
        List<Long> allSeeds = seeds.isEmpty()
                ? List.of(experiment.seed())
                : seeds.stream().distinct().toList();
        Path folder = RunFolder.createEmpty(
                out, RunFolder.DEFAULT_PARENT, experiment.name() + "-compare", LocalDateTime.now());
        ComparisonRunner runner =
                new ComparisonRunner(config, overrides, folder, children.limits(), System.err::println);
        List<ComparedRun> runs = new ArrayList<>();
        for (long seed : allSeeds) {
            // Engines take turns, so that what else the machine does hits all alike.
            for (String backend : names) {
                runs.add(runner.train(backend, seed));
            }
        }
        List<Comparison.Certificate> parity = new ArrayList<>();
        for (String other : names.subList(1, names.size())) {
            if (paritySteps > 0) {
                parity.add(runner.certify(names.get(0), other, paritySteps));
            }
        }
        Comparison comparison = Comparison.of(experiment, names, allSeeds, runs, margin, parity);
        RunFolder.writeText(folder.resolve(Comparison.FILE), JsonText.page(comparison));
        ComparisonReport.write(comparison, folder.resolve(Comparison.PAGE), Extras.warningOn(System.err));
        print(comparison, folder);
        return comparison.complete() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void print(Comparison comparison, Path folder) {
        PrintWriter output = spec.commandLine().getOut();
        if (json.requested) {
            output.println(JsonText.line(comparison));
        } else {
            output.print(ComparisonTable.of(comparison));
            output.println("comparison folder: " + folder);
        }
        output.flush();
    }
}
