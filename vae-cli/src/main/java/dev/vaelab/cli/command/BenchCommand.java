package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.TrainingConfig;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.model.OperationCount;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.cli.terminal.Console;
import dev.vaelab.experiment.benchmark.Benchmark;
import dev.vaelab.experiment.benchmark.BenchmarkRunner;
import dev.vaelab.experiment.benchmark.BenchmarkTable;
import dev.vaelab.experiment.benchmark.Contestant;
import dev.vaelab.experiment.file.ExperimentWriter;
import dev.vaelab.experiment.file.LoadedExperiment;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.wiring.Laboratory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.LinkedHashSet;
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

/** How fast engines are. */
@Command(
        name = "bench",
        description = {
            "Measures how fast engines train, evaluate, encode and decode, and what a training step spends its time on.",
            "Each engine has a Java machine of its own, is warmed up, and takes turns with the others.",
            "Exit code 0 if every engine came to the end of its turns, 1 if not; the table is printed in both cases."
        },
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "CONFIG",
            arity = "0..1",
            description = "Experiment file whose model and data are taken. Default: the recipe, on MNIST.")
    private Path config;

    @Option(
            names = "--backends",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "A,B,...",
            description = "The engines. Default: all that vae backends lists.")
    private List<String> backends = List.of();

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Images of a batch. Default: the experiment's, 128 in the recipe.")
    private Integer batch;

    @Option(
            names = "--threads",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "N,...",
            description = "Numbers of threads that each engine is measured with. Default: what the environment says.")
    private List<Integer> threads = List.of();

    @Option(names = "--turns", defaultValue = "5", paramLabel = "N", description = "Turns of each engine. Default: 5.")
    private int turns;

    @Option(
            names = "--duration",
            defaultValue = "2s",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "For how long each thing is measured in each turn. Default: 2s.")
    private Duration duration;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for all that was measured, new or empty. Default: a new folder below runs.")
    private Path out;

    @Mixin
    private ChildOptions children;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        Laboratory laboratory = PluginWarnings.open(spec);
        List<String> names =
                backends.isEmpty() ? List.copyOf(laboratory.backends().names()) : backends;
        BackendList.require(names, 1, laboratory.backends());
        WholeNumber.requireAtLeast(1, "--turns", turns);
        threads.forEach(number -> WholeNumber.requireAtLeast(1, "--threads", number));
        if (new LinkedHashSet<>(threads).size() < threads.size()) {
            throw new InvalidInputException(Problem.of("--threads", threads.toString(), "each number once"));
        }
        ExperimentConfig experiment = experiment(laboratory, names.get(0));
        Laboratory.Assembly assembled = laboratory.assemble(experiment);
        OperationCount operations = OperationCount.of(
                assembled.get(Architecture.class),
                assembled.get(Objective.class).loss().samples());
        Path folder =
                RunFolder.createEmpty(out, RunFolder.DEFAULT_PARENT, experiment.name() + "-bench", LocalDateTime.now());
        Path file = folder.resolve("config.json");
        RunFolder.writeText(file, new ExperimentWriter().write(experiment));
        Benchmark benchmark = new BenchmarkRunner(file, duration, folder, children.limits(), System.err::println)
                .run(experiment, operations, contestants(names), turns);
        RunFolder.writeText(folder.resolve("benchmark.json"), JsonText.page(benchmark));
        print(benchmark, folder);
        return benchmark.complete() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private ExperimentConfig experiment(Laboratory laboratory, String backend) {
        if (batch != null) {
            WholeNumber.requireAtLeast(1, "--batch", batch);
        }
        if (config == null) {
            DatasetConfig mnist = new DatasetConfig("mnist", null, null, null, null, null, null, null);
            TrainingConfig training = new TrainingConfig(null, batch, null, null, null, null);
            ExperimentConfig recipe =
                    new ExperimentConfig("recipe", null, backend, mnist, null, null, null, null, training, null);
            laboratory.require(recipe);
            return recipe;
        }
        List<String> overrides = batch == null ? List.of() : List.of("training.batchSize=" + batch);
        LoadedExperiment loaded = laboratory.loader().load(config, overrides, Optional.of(backend));
        laboratory.require(loaded);
        return loaded.config();
    }

    private List<Contestant> contestants(List<String> names) {
        return names.stream()
                .flatMap(name -> threads.isEmpty()
                        ? List.of(new Contestant(name, null)).stream()
                        : threads.stream().map(number -> new Contestant(name, number)))
                .toList();
    }

    private void print(Benchmark benchmark, Path folder) {
        PrintWriter output = spec.commandLine().getOut();
        if (json.requested) {
            output.println(JsonText.line(benchmark));
        } else {
            output.print(BenchmarkTable.of(benchmark, Console.outputColumns()));
            output.println(VisibleText.line("benchmark folder: " + folder));
        }
        output.flush();
    }
}
