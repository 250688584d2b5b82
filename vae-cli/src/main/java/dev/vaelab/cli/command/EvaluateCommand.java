package dev.vaelab.cli.command;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.EvaluationBatches;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.Measure;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.training.Evaluator;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures trained weights. */
@Command(
        name = "evaluate",
        description = "Prints reconstruction, kl, total and what the loss adds, of trained weights, in nats per image.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private ModelChoice choice;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "SPLIT",
            description = "Which images: ${COMPLETION-CANDIDATES}. Default: test.")
    private Split split;

    @Mixin
    private ExperimentOptions options;

    @Mixin
    private JsonOption json;

    /** What {@code --json} prints. */
    private record Measurement(
            String weights,
            String backend,
            String split,
            int images,
            Measure measure,
            @JsonIgnore Figures figures,
            @JsonInclude(JsonInclude.Include.NON_NULL) String error) {
        /** The figures stand beside the rest, not in an object of their own. */
        @JsonAnyGetter
        Map<String, Double> values() {
            return figures.asMap();
        }
    }

    @Override
    public Integer call() {
        Laboratory laboratory = PluginWarnings.open(spec);
        TrainedModel trained = choice.open(laboratory, options);
        ExperimentConfig config = trained.config();
        Laboratory.Assembly experiment = trained.withImages();
        try (VaeModel<?> model = trained.open(experiment)) {
            EvaluationBatches batches = new EvaluationBatches(
                    experiment.get(DataSplits.class).get(split),
                    config.training().batchSize(),
                    model.noisePerImage(),
                    experiment.get(RandomStreams.class),
                    split.evaluationNoise());
            Figures figures = Evaluator.evaluate(model, config.loss().beta(), batches);
            int images = experiment.get(DataSplits.class).get(split).count();
            return print(new Measurement(
                    trained.weights().toString(),
                    config.backend(),
                    split.toString(),
                    images,
                    config.measure(),
                    figures,
                    figures.finite() ? null : notFinite(trained.weights(), figures)));
        }
    }

    private static String notFinite(Path weights, Figures figures) {
        return "figures that are not finite: " + figures.text() + "; the engine cannot compute with the weights of "
                + weights + " on these images";
    }

    private int print(Measurement measurement) {
        PrintWriter output = spec.commandLine().getOut();
        if (measurement.error() != null) {
            spec.commandLine().getErr().println("error: " + measurement.error());
        }
        if (json.requested) {
            output.println(JsonText.line(measurement));
        } else if (measurement.error() == null) {
            output.printf(
                    Locale.ROOT,
                    "%s on %d %s images, engine %s: %s%n",
                    VisibleText.line(measurement.weights()),
                    measurement.images(),
                    measurement.split(),
                    measurement.backend(),
                    FiguresText.of(measurement.figures(), measurement.measure()));
        }
        output.flush();
        return measurement.error() == null ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
