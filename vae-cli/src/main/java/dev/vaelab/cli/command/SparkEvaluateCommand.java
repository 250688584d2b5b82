package dev.vaelab.cli.command;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.experiment.Measure;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.cluster.images.ImageJob;
import dev.vaelab.experiment.estimate.EstimateStamp;
import dev.vaelab.experiment.estimate.LikelihoodFigures;
import dev.vaelab.experiment.estimate.LikelihoodRecord;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.training.likelihood.BitsPerDimension;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Estimates log p(x), on a cluster. */
@Command(
        name = "evaluate",
        description = {
            "Prints reconstruction, KL and total, and log p(x) by importance sampling, as vae evaluate --samples does, computed on the machines"
                    + " of a cluster.",
            "The estimate of a data set's images is kept in the run, where vae evaluate and reports find it."
        },
        mixinStandardHelpOptions = true)
final class SparkEvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SparkImages images;

    @Option(
            names = SparkImages.SAMPLES,
            required = true,
            paramLabel = "K",
            description = "Estimate log p(x) by so many latents of each image. Papers use 5000.")
    private int samples;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        WholeNumber.requireAtLeast(1, SparkImages.SAMPLES, samples);
        return images.run(spec, "vae evaluate", Optional.of(samples), this::evaluate);
    }

    private int evaluate(SparkImages.Task task) {
        ImageJob.Evaluation evaluation = task.job().evaluate(task.cluster(), samples);
        Figures figures = evaluation.sum().mean();
        if (!figures.finite()) {
            throw new RunFailedException("figures that are not finite: " + figures.text()
                    + "; the engine cannot compute with the weights of "
                    + task.trained().weights() + " on these images");
        }
        LikelihoodRecord record = record(task);
        // An estimate that one machine has begun is finished.
        record.add(evaluation
                .likelihoods()
                .subList(record.done(), evaluation.likelihoods().size()));
        task.trained().keep(record, (kept, run) -> kept.save(), "the estimate is");
        tell(task, figures, record.figures());
        return ExitCode.OK;
    }

    private LikelihoodRecord record(SparkImages.Task task) {
        Likelihood likelihood = task.experiment().get(Objective.class).likelihood();
        if (images.ofFiles()) {
            return LikelihoodRecord.unkept(ofFiles(task, likelihood), Optional.empty());
        }
        ImageSubset subset = task.experiment().get(DataSplits.class).get(images.split());
        EstimateStamp stamp =
                task.trained().stamp(EstimateStamp.Kind.LIKELIHOOD, task.experiment(), images.split(), subset, samples);
        Optional<BitsPerDimension> bits = BitsPerDimension.of(likelihood, subset);
        return task.trained()
                .run()
                .map(run -> LikelihoodRecord.open(run, stamp, bits))
                .orElseGet(() -> LikelihoodRecord.unkept(stamp, bits));
    }

    /** No machine has all of the pixels, so that the files are told by their path. */
    private EstimateStamp ofFiles(SparkImages.Task task, Likelihood likelihood) {
        return EstimateStamp.ofFiles(
                task.trained().config(),
                likelihood,
                images.called(),
                Math.toIntExact(task.job().count()),
                samples,
                task.trained().weights());
    }

    private void tell(SparkImages.Task task, Figures figures, LikelihoodFigures likelihood) {
        PrintWriter output = spec.commandLine().getOut();
        Measure measure = task.trained().config().measure();
        String backend = task.trained().config().backend();
        String weights = task.trained().weights().toString();
        if (json.requested) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("weights", weights);
            all.put("backend", backend);
            all.put("split", images.called());
            all.put("images", task.job().count());
            all.put("measure", measure);
            all.putAll(figures.asMap());
            all.put("likelihood", likelihood);
            output.println(JsonText.line(all));
        } else {
            output.println(VisibleText.line(String.format(
                    Locale.ROOT,
                    "%s on %d %s images, engine %s: %s",
                    weights,
                    task.job().count(),
                    images.called(),
                    backend,
                    FiguresText.of(figures, measure))));
            output.println(VisibleText.line(FiguresText.of(likelihood)));
        }
        output.flush();
    }
}
