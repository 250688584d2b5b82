package dev.vaelab.cli.command;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.TrainingBatches;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.cli.table.ParityText;
import dev.vaelab.cli.terminal.Console;
import dev.vaelab.experiment.file.LoadedExperiment;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiment.wiring.ModelFactory;
import dev.vaelab.training.model.ModelRequest;
import dev.vaelab.training.parity.PairwiseParity;
import dev.vaelab.training.parity.ParityCheck;
import dev.vaelab.training.parity.ParityReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
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

/** Compares engines step by step, each pair of them. */
@Command(
        name = "parity",
        description = {
            "Trains an experiment on two engines with the same weights, batches and noise, and compares all they compute."
                    + " Of more than two engines each pair is compared.",
            "Exit code 0 if every difference of every pair is within its tolerance, 1 if not."
        },
        mixinStandardHelpOptions = true)
final class ParityCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CONFIG", description = "Experiment file, JSON or YAML.")
    private Path config;

    @Option(
            names = "--backends",
            required = true,
            split = ",",
            hideParamSyntax = true,
            paramLabel = "A,B,...",
            description = "The engines, at least two; of each pair the second is compared with the first.")
    private List<String> backends;

    @Option(names = "--steps", defaultValue = "100", paramLabel = "N", description = "Training steps. Default: 100.")
    private int steps;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override one key, for example training.batchSize=64; may be repeated.")
    private List<String> overrides = List.of();

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        WholeNumber.requireAtLeast(1, "--steps", steps);
        Laboratory laboratory = PluginWarnings.open(spec);
        List<VaeBackend> engines = BackendList.require(backends, 2, laboratory.backends());
        LoadedExperiment loaded = laboratory
                .loader()
                .load(config, overrides, Optional.of(engines.get(0).name()));
        ExperimentConfig experimentConfig = loaded.config();
        Laboratory.Assembly experiment = laboratory.require(loaded);
        StepSettings settings = new StepSettings(
                experimentConfig.training().optimizer().learningRate(),
                experimentConfig.loss().beta());
        Announcement.ofLoadingToWatchers(engines.stream().map(VaeBackend::name).toArray(String[]::new));
        ModelRequest request = experiment.get(ModelFactory.class).initialRequest();
        PairwiseParity parity = PairwiseParity.of(
                engines,
                steps,
                (first, second) -> new ParityCheck(first, second, request, settings)
                        .run(
                                batches(experiment, experimentConfig, request),
                                steps,
                                step -> showProgress(first, second, step)));
        print(parity, experimentConfig);
        return parity.passed() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** The batches of the first epoch, then of the second, and so on without end. */
    private static Iterator<Batch> batches(
            Laboratory.Assembly experiment, ExperimentConfig config, ModelRequest request) {
        return new TrainingBatches(
                        experiment.get(DataSplits.class).train(),
                        config.training().batchSize(),
                        request.noisePerImage(),
                        experiment.get(RandomStreams.class),
                        config.dataset().binarization())
                .allEpochs();
    }

    private void showProgress(VaeBackend first, VaeBackend second, int step) {
        if (step % Math.max(1, steps / 10) == 0 || step == steps) {
            String pair = backends.size() > 2 ? second.name() + " with " + first.name() + ": " : "";
            System.err.println(pair + "step " + step + "/" + steps);
        }
    }

    private void print(PairwiseParity parity, ExperimentConfig experimentConfig) {
        PrintWriter output = spec.commandLine().getOut();
        Optional<ParityReport> only = parity.only();
        if (json.requested) {
            output.println(only.map(JsonText::line).orElseGet(() -> JsonText.line(parity)));
        } else {
            output.print(only.map(report -> ParityText.of(report, experimentConfig))
                    .orElseGet(() -> ParityText.of(parity, experimentConfig, Console.outputColumns())));
        }
        output.flush();
    }
}
