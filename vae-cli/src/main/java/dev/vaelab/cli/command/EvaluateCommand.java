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
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.estimate.DecompositionFigures;
import dev.vaelab.experiment.estimate.DrawnLatents;
import dev.vaelab.experiment.estimate.LabelFidelityFigures;
import dev.vaelab.experiment.estimate.ProbeFigures;
import dev.vaelab.experiment.estimate.SampleQualityFigures;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.training.Evaluator;
import dev.vaelab.training.likelihood.BitsPerDimension;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
                    + " call goes on where the first one was interrupted. Figures are stamped with likelihood, data, split and K.",
            "With --sample-quality also how near samples are to the images, kept likewise."
        },
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    private static final String SAMPLES = "--samples";
    private static final String DECOMPOSE = "--decompose";
    private static final String PROBE = "--probe";
    private static final String LABEL_FIDELITY = "--label-fidelity";

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

    @Option(
            names = DECOMPOSE,
            description =
                    "Estimate where the KL goes: mutual information of image and latents, total correlation, KL dimension by"
                            + " dimension, KL of the aggregate posterior; and count active units.")
    private boolean decompose;

    @Option(
            names = PROBE,
            description =
                    "Measure how well labels are told from posterior means: by a linear probe and by the nearest neighbours,"
                            + " which learn from the training images.")
    private boolean probe;

    @Option(
            names = LABEL_FIDELITY,
            paramLabel = "N",
            description =
                    "Make so many images of the labels in turn with a class-conditional model, and ask the nearest training"
                            + " images what they are taken for. 1000 take seconds.")
    private Integer made;

    @Mixin
    private SampleQualityEvaluation quality;

    @Mixin
    private ExperimentOptions options;

    @Mixin
    private ProgressOptions progress;

    @Mixin
    private JsonOption json;

    /**
     * What {@code --json} prints.
     *
     * @param estimates by the names of their parts
     */
    private record Measurement(
            String weights,
            String backend,
            String split,
            int images,
            Measure measure,
            @JsonIgnore Figures figures,
            @JsonInclude(JsonInclude.Include.NON_NULL) Double bitsPerDimension,
            @JsonIgnore Map<String, Object> estimates,
            @JsonInclude(JsonInclude.Include.NON_NULL) Stopped stopped,
            @JsonInclude(JsonInclude.Include.NON_NULL) String error) {
        /** Figures and estimates stand beside the rest, not in objects of their own. */
        @JsonAnyGetter
        Map<String, Object> values() {
            Map<String, Object> values = new LinkedHashMap<>(figures.asMap());
            values.putAll(estimates);
            return values;
        }

        Measurement with(String part, Object estimate) {
            Map<String, Object> more = new LinkedHashMap<>(estimates);
            more.put(part, estimate);
            return new Measurement(
                    weights, backend, split, images, measure, figures, bitsPerDimension, more, stopped, error);
        }

        Measurement with(Stopped interrupted) {
            return new Measurement(
                    weights, backend, split, images, measure, figures, bitsPerDimension, estimates, interrupted, error);
        }
    }

    /** An estimate that was asked to stop: how many images are done, and the command that goes on. */
    private record Stopped(int images, String goOn) {}

    @Override
    public Integer call() {
        if (samples != null) {
            WholeNumber.requireAtLeast(1, SAMPLES, samples);
        }
        if (made != null) {
            WholeNumber.requireAtLeast(1, LABEL_FIDELITY, made);
        }
        quality.check();
        Laboratory laboratory = PluginWarnings.open(spec);
        TrainedModel trained = choice.open(laboratory, options);
        Laboratory.Assembly experiment = trained.withImages();
        if (samples != null || decompose) {
            DrawnLatents.require(samples != null ? SAMPLES : DECOMPOSE, experiment.get(Objective.class));
        }
        if (probe) {
            ProbeEvaluation.require(experiment, split);
        }
        if (made != null) {
            LabelFidelityEvaluation.require(LABEL_FIDELITY, experiment, split);
        }
        if (quality.requested()) {
            quality.require(trained, experiment, split);
        }
        try (VaeModel<?> model = trained.open(experiment)) {
            Measurement measurement = measure(trained, experiment, model);
            // Each part is told when it is there: an estimate may take hours.
            if (measurement.error() != null) {
                spec.commandLine().getErr().println("error: " + measurement.error());
                return end(measurement, ExitCode.SOFTWARE);
            }
            tell(() -> text(measurement));
            return estimate(measurement, trained, experiment, model);
        }
    }

    private int estimate(
            Measurement measurement, TrainedModel trained, Laboratory.Assembly experiment, VaeModel<?> model) {
        Measurement all = measurement;
        if (decompose) {
            DecompositionFigures parts = DecompositionEvaluation.run(trained, experiment, model, split);
            tell(() -> FiguresText.ofKl(parts));
            tell(() -> FiguresText.ofAggregate(parts));
            all = all.with("decomposition", parts);
        }
        if (probe) {
            ProbeFigures accuracies = ProbeEvaluation.run(trained, experiment, model, split);
            tell(() -> FiguresText.of(accuracies));
            all = all.with("probe", accuracies);
        }
        if (made != null) {
            LabelFidelityFigures fidelity = LabelFidelityEvaluation.run(trained, experiment, model, split, made);
            tell(() -> FiguresText.of(fidelity));
            all = all.with("labelFidelity", fidelity);
        }
        if (quality.requested()) {
            SampleQualityFigures figures = quality.run(trained, experiment, model, split);
            tell(() -> FiguresText.ofSamples(figures));
            if (figures.floor() != null) {
                tell(() -> FiguresText.ofFloor(figures.floor()));
            }
            all = all.with("sampleQuality", figures);
        }
        if (samples == null) {
            return end(all, ExitCode.OK);
        }
        Measurement others = all;
        String goOn = goOn(trained);
        return new LikelihoodEvaluation(split, samples, progress.display())
                .run(trained, experiment, model, goOn, record -> {
                    if (record.complete()) {
                        tell(() -> FiguresText.of(record.figures()));
                        return end(others.with("likelihood", record.figures()), ExitCode.OK);
                    }
                    tell(() -> "stopped; " + record.done() + " of "
                            + record.stamp().images() + " images are counted; go on with: " + goOn);
                    return end(others.with(new Stopped(record.done(), goOn)), ExitCode.SOFTWARE);
                });
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
                bitsPerDimension(experiment.get(Objective.class), images, figures),
                Map.of(),
                null,
                figures.finite() ? null : notFinite(trained.weights(), figures));
    }

    /** The total is a bound of -log p(x) if latents are drawn from the posterior; else there is nothing to say in bits. */
    private static Double bitsPerDimension(Objective objective, ImageSubset images, Figures figures) {
        return Optional.of(objective.likelihood())
                .filter(likelihood -> objective.sampler().draws() && figures.finite())
                .flatMap(likelihood -> BitsPerDimension.of(likelihood, images))
                .map(convention -> convention.of(figures.total()))
                .orElse(null);
    }

    private static String notFinite(Path weights, Figures figures) {
        return "figures that are not finite: " + figures.text() + "; the engine cannot compute with the weights of "
                + weights + " on these images";
    }

    /** The command that goes on. */
    private String goOn(TrainedModel trained) {
        List<String> command = new ArrayList<>(List.of("vae evaluate"));
        trained.run().ifPresent(run -> command.add(ShellWord.of(run.path().toString())));
        command.add(SAMPLES + " " + samples);
        command.add("--split " + split);
        if (decompose) {
            command.add(DECOMPOSE);
        }
        if (probe) {
            command.add(PROBE);
        }
        if (made != null) {
            command.add(LABEL_FIDELITY + " " + made);
        }
        command.addAll(quality.words());
        command.addAll(options.words());
        return String.join(" ", command);
    }

    private static String text(Measurement measurement) {
        return String.format(
                Locale.ROOT,
                "%s on %d %s images, engine %s: %s%s",
                measurement.weights(),
                measurement.images(),
                measurement.split(),
                measurement.backend(),
                FiguresText.of(measurement.figures(), measurement.measure()),
                FiguresText.bits(measurement.bitsPerDimension()));
    }

    /** Tells people; for scripts there is one object in the end. */
    private void tell(Supplier<String> text) {
        if (!json.requested) {
            PrintWriter output = spec.commandLine().getOut();
            output.println(VisibleText.line(text.get()));
            output.flush();
        }
    }

    private int end(Measurement measurement, int exitCode) {
        if (json.requested) {
            PrintWriter output = spec.commandLine().getOut();
            output.println(JsonText.line(measurement));
            output.flush();
        }
        return exitCode;
    }
}
