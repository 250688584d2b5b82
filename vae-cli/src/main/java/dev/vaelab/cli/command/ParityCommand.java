package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.TrainingBatches;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.file.LoadedExperiment;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiment.wiring.ModelFactory;
import dev.vaelab.training.model.ModelRequest;
import dev.vaelab.training.parity.Difference;
import dev.vaelab.training.parity.Judgement;
import dev.vaelab.training.parity.ParityCheck;
import dev.vaelab.training.parity.ParityReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two engines step by step. */
@Command(
        name = "parity",
        description = {
            "Trains an experiment on two engines with the same weights, batches and noise, and compares all they compute.",
            "Exit code 0 if every difference is within its tolerance, 1 if not."
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
            paramLabel = "A,B",
            description = "The two engines: the second is compared with the first.")
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
        List<VaeBackend> pair = BackendList.require(backends, 2, laboratory.backends());
        if (pair.size() > 2) {
            throw new InvalidInputException(Problem.of("--backends", pair.size() + " backends", "two"));
        }
        LoadedExperiment loaded = laboratory
                .loader()
                .load(config, overrides, Optional.of(pair.get(0).name()));
        ExperimentConfig experimentConfig = loaded.config();
        Laboratory.Assembly experiment = laboratory.require(loaded);
        StepSettings settings = new StepSettings(
                experimentConfig.training().optimizer().learningRate(),
                experimentConfig.loss().beta());
        Announcement.ofLoadingToWatchers(pair.get(0).name(), pair.get(1).name());
        ModelRequest request = experiment.get(ModelFactory.class).initialRequest();
        ParityReport report = new ParityCheck(pair.get(0), pair.get(1), request, settings)
                .run(batches(experiment, experimentConfig, request), steps, this::showProgress);
        print(report, experimentConfig);
        return report.passed() ? ExitCode.OK : ExitCode.SOFTWARE;
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

    private void showProgress(int step) {
        if (step % Math.max(1, steps / 10) == 0 || step == steps) {
            System.err.println("step " + step + "/" + steps);
        }
    }

    private void print(ParityReport report, ExperimentConfig experimentConfig) {
        PrintWriter output = spec.commandLine().getOut();
        if (json.requested) {
            output.println(JsonText.line(report));
        } else {
            output.printf(
                    Locale.ROOT,
                    "parity of %s with %s on %s: %d steps of batch %d, seed %d%n%n",
                    report.second(),
                    report.first(),
                    experimentConfig.name(),
                    report.steps(),
                    experimentConfig.training().batchSize(),
                    experimentConfig.seed());
            output.printf(
                    Locale.ROOT, "%-34s %-15s %9s %9s   %-11s%s%n", "", "judged", "", "allowed", "largest", "where");
            report.judgements().forEach(judgement -> output.println(line(judgement)));
            output.printf(
                    Locale.ROOT,
                    "%nLast bit of the weights changed, %s alone drifts in its loss by up to %.2e.%n%n",
                    report.first(),
                    report.ownDrift().stream()
                            .mapToDouble(Double::doubleValue)
                            .max()
                            .orElse(0));
            output.println(report.parting().map(Judgement::failure).orElse("passed"));
        }
        output.flush();
    }

    private static String line(Judgement judgement) {
        Difference largest = judgement.largest();
        return String.format(
                Locale.ROOT,
                "%-34s %-15s %9.2e %9.0e   %-11.2estep %d, %s",
                judgement.aspect().description(),
                judgement.aspect().everyStep() ? "every step" : "median of steps",
                judgement.judged(),
                judgement.allowed(),
                largest.size(),
                largest.step(),
                largest.tensor());
    }
}
