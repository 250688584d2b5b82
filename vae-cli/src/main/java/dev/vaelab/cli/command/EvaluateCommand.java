package dev.vaelab.cli.command;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.EvaluationBatches;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.Measure;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.likelihood.LikelihoodFigures;
import dev.vaelab.experiment.likelihood.LikelihoodRecord;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.training.Evaluator;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
        description = {
            "Prints reconstruction, kl, total and what the loss adds, of trained weights, in nats per image.",
            "With --samples also log p(x) by importance sampling (Burda et al. 2016). It is kept in the folder of the run: a second"
                    + " call goes on where the first one was interrupted."
        },
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    private static final String SAMPLES = "--samples";

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

    @Option(
            names = SAMPLES,
            paramLabel = "K",
            description =
                    "Estimate log p(x) by so many latents of each image. Papers use 5000; it takes as long as to decode them all.")
    private Integer samples;

    @Mixin
    private ExperimentOptions options;

    @Mixin
    private ProgressOptions progress;

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
            @JsonInclude(JsonInclude.Include.NON_NULL) LikelihoodFigures likelihood,
            @JsonInclude(JsonInclude.Include.NON_NULL) Stopped stopped,
            @JsonInclude(JsonInclude.Include.NON_NULL) String error) {
        /** The figures stand beside the rest, not in an object of their own. */
        @JsonAnyGetter
        Map<String, Double> values() {
            return figures.asMap();
        }

        Measurement with(LikelihoodFigures estimate) {
            return new Measurement(weights, backend, split, images, measure, figures, estimate, null, error);
        }

        Measurement with(Stopped interrupted) {
            return new Measurement(weights, backend, split, images, measure, figures, null, interrupted, error);
        }
    }

    /** An estimate that was asked to stop: how many images are done, and the command that goes on. */
    private record Stopped(int images, String goOn) {}

    @Override
    public Integer call() {
        if (samples != null) {
            WholeNumber.requireAtLeast(1, SAMPLES, samples);
        }
        Laboratory laboratory = PluginWarnings.open(spec);
        TrainedModel trained = choice.open(laboratory, options);
        Laboratory.Assembly experiment = trained.withImages();
        Optional<LikelihoodEvaluation> likelihood =
                Optional.ofNullable(samples).map(count -> new LikelihoodEvaluation(split, count, progress.display()));
        likelihood.ifPresent(evaluation -> evaluation.check(experiment));
        try (VaeModel<?> model = trained.open(experiment)) {
            Measurement measurement = measure(trained, experiment, model);
            if (measurement.error() != null || likelihood.isEmpty()) {
                return print(measurement);
            }
            if (!json.requested) {
                print(measurement);
            }
            return print(measurement, likelihood.get().run(trained, experiment, model, words(trained)), goOn(trained));
        }
    }

    private Measurement measure(TrainedModel trained, Laboratory.Assembly experiment, VaeModel<?> model) {
        ExperimentConfig config = trained.config();
        ImageSubset images = experiment.get(DataSplits.class).get(split);
        EvaluationBatches batches = new EvaluationBatches(
                images,
                config.training().batchSize(),
                model.noisePerImage(),
                experiment.get(RandomStreams.class),
                split.evaluationNoise());
        Figures figures = Evaluator.evaluate(model, config.loss().beta(), batches);
        return new Measurement(
                trained.weights().toString(),
                config.backend(),
                split.toString(),
                images.count(),
                config.measure(),
                figures,
                null,
                null,
                figures.finite() ? null : notFinite(trained.weights(), figures));
    }

    private static String notFinite(Path weights, Figures figures) {
        return "figures that are not finite: " + figures.text() + "; the engine cannot compute with the weights of "
                + weights + " on these images";
    }

    private Interruption.Words words(TrainedModel trained) {
        return new Interruption.Words("images", "what was counted in the last seconds", goOn(trained));
    }

    /** The command that goes on. */
    private String goOn(TrainedModel trained) {
        List<String> command = new ArrayList<>(List.of("vae evaluate"));
        trained.run().ifPresent(run -> command.add(ShellWord.of(run.path().toString())));
        command.add(SAMPLES + " " + samples);
        command.add("--split " + split);
        command.addAll(options.words());
        return String.join(" ", command);
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

    private int print(Measurement measurement, LikelihoodRecord record, String goOn) {
        if (json.requested) {
            print(
                    record.complete()
                            ? measurement.with(record.figures())
                            : measurement.with(new Stopped(record.done(), goOn)));
        } else {
            PrintWriter output = spec.commandLine().getOut();
            output.println(VisibleText.line(
                    record.complete()
                            ? FiguresText.of(record.figures())
                            : "stopped, " + record.done() + " of "
                                    + record.stamp().images() + " images being counted; go on with: " + goOn));
            output.flush();
        }
        return record.complete() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
