package dev.vaelab.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.experiment.Measure;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.cli.terminal.Console;
import dev.vaelab.experiment.estimate.DrawnLatents;
import dev.vaelab.experiment.estimate.EstimateStamp;
import dev.vaelab.experiment.estimate.SeparationFigures;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.scoring.ScoreFile;
import dev.vaelab.experiment.scoring.ScoredImages;
import dev.vaelab.experiment.table.FittedTable;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.report.page.ScoreReport;
import dev.vaelab.training.score.ImageScore;
import dev.vaelab.training.score.Interval;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says of each image how likely it is under the model, and how well that tells another data set apart. */
@Command(
        name = "score",
        description = {
            "Writes how unusual each image is as CSV: reconstruction, kl and negative ELBO in nats, with --samples also the log-likelihood.",
            "With --against, another data set is scored, too: AUROC, AUPR and FPR at a TPR of 0.95 of each score, and a page with histograms"
                    + " and the most unusual images. They are kept in the folder of the run."
        },
        mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
    private static final String SAMPLES = "--samples";
    private static final String OUT = "--out";

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private ModelChoice choice;

    @Option(
            names = OUT,
            paramLabel = "FILE.csv",
            description = "The table to write, a row for each image. With --against it may be left out.")
    private Path out;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "SPLIT",
            description = "Which images: ${COMPLETION-CANDIDATES}. Default: test.")
    private Split split;

    @Option(
            names = SAMPLES,
            paramLabel = "K",
            description = "Estimate log p(x), too, by so many latents of each image.")
    private Integer samples;

    @Mixin
    private OtherImages other;

    @Mixin
    private ExperimentOptions options;

    @Mixin
    private ProgressOptions progress;

    @Mixin
    private JsonOption json;

    /**
     * What {@code --json} prints.
     *
     * @param file the table; null if none was asked for
     * @param page of two data sets that were told apart
     * @param reconstruction mean over the images of the run, as the three that follow
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Scores(
            String file,
            String page,
            String weights,
            String backend,
            String dataset,
            String split,
            int images,
            Measure measure,
            double reconstruction,
            double kl,
            double negativeElbo,
            Double logLikelihood,
            SeparationFigures separation) {}

    @Override
    public Integer call() {
        if (samples != null) {
            WholeNumber.requireAtLeast(1, SAMPLES, samples);
        }
        if (out == null && !other.requested()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "nothing is to come of it: " + OUT + " FILE.csv or --against DATASET is missing");
        }
        List<String> overrides = other.ofTheRun(options.overrides());
        Laboratory laboratory = PluginWarnings.open(spec);
        TrainedModel trained = choice.open(laboratory, overrides, options.backend());
        Laboratory.Assembly experiment = trained.withImages();
        if (samples != null) {
            DrawnLatents.require(SAMPLES, experiment.get(Objective.class));
        }
        Optional<ImageScorer.Source> others = Optional.empty();
        if (other.requested()) {
            TrainedModel showing =
                    other.open(laboratory, choice, trained, options, split, experiment.get(Architecture.class));
            others = Optional.of(new ImageScorer.Source(showing, other.images(showing)));
        }
        try (VaeModel<?> model = trained.open(experiment)) {
            return score(new ImageScorer.Source(trained, experiment), others, model);
        }
    }

    private int score(ImageScorer.Source run, Optional<ImageScorer.Source> others, VaeModel<?> model) {
        ImageScorer scorer = new ImageScorer(split, Optional.ofNullable(samples), progress.display(), goOn(run));
        Optional<ScoredImages> usual = scorer.score(run, model);
        if (usual.isEmpty()) {
            return stopped(run);
        }
        List<ScoredImages> scored = new ArrayList<>(List.of(usual.get()));
        if (others.isPresent()) {
            Optional<ScoredImages> unusual = scorer.score(others.get(), model);
            if (unusual.isEmpty()) {
                return stopped(run);
            }
            scored.add(unusual.get());
        }
        if (out != null) {
            write(scored);
        }
        SeparationFigures separation =
                others.map(source -> separate(run, source, scored)).orElse(null);
        Optional<Path> page = Optional.ofNullable(separation).flatMap(figures -> writePage(run, figures, scored));
        tell(run, scored.get(0), separation, page);
        return ExitCode.OK;
    }

    private void write(List<ScoredImages> scored) {
        try {
            ScoreFile.write(out, scored);
        } catch (IOException e) {
            throw new InvalidInputException(new Problem(
                    OUT + " " + out,
                    "a file that cannot be written (" + FileFailures.reason(e) + ")",
                    "a folder that can be written to",
                    ""));
        }
    }

    private SeparationFigures separate(ImageScorer.Source run, ImageScorer.Source others, List<ScoredImages> scored) {
        SeparationFigures figures = SeparationFigures.of(
                stamp(run),
                stamp(others),
                scored.get(0),
                scored.get(1),
                run.experiment().get(Objective.class).likelihood(),
                run.experiment().get(RandomStreams.class));
        return run.trained().keep(figures, SeparationFigures::write, "how well the data sets are told apart is");
    }

    private EstimateStamp stamp(ImageScorer.Source source) {
        ImageSubset images = source.experiment().get(DataSplits.class).get(split);
        return source.trained()
                .stamp(
                        EstimateStamp.Kind.SEPARATION,
                        source.experiment(),
                        split,
                        images,
                        samples == null ? 0 : samples);
    }

    private static Optional<Path> writePage(
            ImageScorer.Source run, SeparationFigures figures, List<ScoredImages> scored) {
        return run.trained().run().flatMap(folder -> {
            Path page = figures.page(folder);
            try {
                RunFolder.writeText(
                        page,
                        ScoreReport.of(
                                        run.trained().config(),
                                        run.trained().weights().toString(),
                                        figures,
                                        scored.get(0),
                                        scored.get(1))
                                .page());
                return Optional.of(page);
            } catch (RunFailedException e) {
                System.err.println("warning: there is no page: " + e.getMessage());
                return Optional.empty();
            }
        });
    }

    /** The command that goes on after a stop. */
    private String goOn(ImageScorer.Source run) {
        List<String> command = new ArrayList<>(List.of("vae score"));
        run.trained()
                .run()
                .ifPresent(folder -> command.add(ShellWord.of(folder.path().toString())));
        if (out != null) {
            command.add(OUT + " " + ShellWord.of(out.toString()));
        }
        command.add("--split " + split);
        command.add(SAMPLES + " " + samples);
        command.addAll(other.words());
        command.addAll(options.words());
        return String.join(" ", command);
    }

    private int stopped(ImageScorer.Source run) {
        if (json.requested) {
            print(JsonText.line(new Stopped(goOn(run))));
        }
        return ExitCode.SOFTWARE;
    }

    /** What {@code --json} prints of an estimate that was asked to stop. */
    private record Stopped(String goOn) {}

    private void tell(ImageScorer.Source run, ScoredImages scored, SeparationFigures separation, Optional<Path> page) {
        Measure measure = run.trained().config().measure();
        Double logLikelihood = samples == null
                ? null
                : scored.mean(score -> score.likelihood().orElseThrow().logLikelihood());
        if (json.requested) {
            print(JsonText.line(new Scores(
                    out == null ? null : out.toString(),
                    page.map(Path::toString).orElse(null),
                    run.trained().weights().toString(),
                    run.trained().config().backend(),
                    run.trained().config().dataset().name(),
                    split.toString(),
                    scored.count(),
                    measure,
                    scored.mean(ImageScore::reconstruction),
                    scored.mean(ImageScore::kl),
                    scored.mean(ImageScore::negativeElbo),
                    logLikelihood,
                    separation)));
            return;
        }
        print(VisibleText.line(String.format(
                Locale.ROOT,
                "%d %s images of %s: reconstruction %.3f + kl %.3f = negative ELBO %.3f%s nats per image (%s)",
                scored.count(),
                split,
                scored.dataset(),
                scored.mean(ImageScore::reconstruction),
                scored.mean(ImageScore::kl),
                scored.mean(ImageScore::negativeElbo),
                logLikelihood == null ? "" : String.format(Locale.ROOT, ", log p(x) %.3f", logLikelihood),
                measure.label())));
        if (separation != null) {
            print(VisibleText.line(separation.unusual() + " told from " + separation.usual()
                    + "; the larger a score, the more unusual is the image; in brackets 95 % intervals over images:"));
            spec.commandLine().getOut().print(table(separation).text(Console.outputColumns()));
            if (!separation.codeLength()) {
                print("note: under " + measure.reconstruction()
                        + ", -log p(x) of these pixels is the length of no code, so that the"
                        + " complexity is not subtracted from its like");
            }
        }
        page.ifPresent(file -> print(VisibleText.line("page: " + file)));
        if (out != null) {
            print(VisibleText.line("table: " + out));
        }
    }

    private static FittedTable table(SeparationFigures separation) {
        FittedTable table = FittedTable.of(1, "score", "AUROC", "AUPR", "FPR at 95 % TPR");
        separation
                .scores()
                .forEach(score -> table.row(List.of(
                        score.score().title(),
                        text(score.separation().auroc()),
                        text(score.separation().aupr()),
                        text(score.separation().fprAt95Tpr()))));
        return table;
    }

    private static String text(Interval interval) {
        return String.format(Locale.ROOT, "%.4f [%.4f, %.4f]", interval.value(), interval.low(), interval.high());
    }

    private void print(String line) {
        PrintWriter output = spec.commandLine().getOut();
        output.println(line);
        output.flush();
    }
}
