package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.comparison.ComparedRun;
import dev.vaelab.experiment.comparison.Comparison;
import dev.vaelab.experiment.comparison.ComparisonFolder;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.sweep.Sweep;
import dev.vaelab.experiment.sweep.SweepFolder;
import dev.vaelab.experiment.sweep.SweepRun;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.report.ModelIllustrations;
import dev.vaelab.report.RunIllustrations;
import dev.vaelab.report.page.ComparisonReport;
import dev.vaelab.report.page.RunReportFile;
import dev.vaelab.report.page.SweepReport;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the pictures and the pages of what was trained anew. */
@Command(
        name = "report",
        description = {
            "Makes the pictures and the report of a run, a comparison or a sweep anew, from the best checkpoints.",
            "Figures stay as they are. The report of a run without a checkpoint has no pictures."
        },
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    private static final Extras REQUIRED = Extras.required();

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "Folder of a run, a comparison or a sweep.")
    private Path folder;

    @Mixin
    private ExperimentOptions options;

    @Mixin
    private JsonOption json;

    /** What {@code --json} prints. */
    private record Made(String report) {}

    @Override
    public Integer call() {
        Laboratory laboratory = PluginWarnings.open(spec);
        print(make(laboratory));
        return ExitCode.OK;
    }

    private Path make(Laboratory laboratory) {
        if (RegularFiles.isThere(folder.resolve(Comparison.FILE))) {
            return ofComparison(laboratory);
        }
        if (ComparisonFolder.isBegun(folder)) {
            throw new InvalidInputException(new Problem(
                    folder.toString(),
                    "a comparison that was stopped",
                    "one that came to its end",
                    "go on with: vae compare --resume " + folder));
        }
        SweepFolder sweep = new SweepFolder(folder);
        if (RegularFiles.isThere(sweep.state())) {
            return ofSweep(laboratory, sweep);
        }
        if (Files.isDirectory(folder) && !RegularFiles.isThere(new RunFolder(folder).config())) {
            throw new InvalidInputException(new Problem(
                    folder.toString(),
                    "a folder without config.json, comparison.json and sweep.json",
                    "the folder of a run, a comparison or a sweep",
                    "train, compare and sweep print where theirs are"));
        }
        return ofRun(laboratory, RunFolder.open(folder));
    }

    private Path ofSweep(Laboratory laboratory, SweepFolder sweepFolder) {
        Sweep sweep = sweepFolder.stored();
        List<Problem> problems = ofRuns(
                laboratory,
                sweep.runs().stream()
                        .filter(SweepRun::finished)
                        .map(run -> sweepFolder.folderOf(run).path())
                        .toList());
        SweepReport.write(sweep, sweepFolder, REQUIRED);
        requireNone(problems);
        return sweepFolder.report();
    }

    private Path ofComparison(Laboratory laboratory) {
        Comparison comparison = Comparison.read(folder);
        List<Problem> problems = ofRuns(
                laboratory,
                comparison.runs().stream()
                        .filter(ComparedRun::succeeded)
                        .map(run -> Path.of(run.folder()))
                        .toList());
        Path page = folder.resolve(Comparison.PAGE);
        // Its figures are of all runs, or they would be others.
        requireNone(problems);
        ComparisonReport.write(comparison, page, REQUIRED);
        return page;
    }

    /** The reports of those runs that are sound; returns what is wrong with the others. */
    private List<Problem> ofRuns(Laboratory laboratory, List<Path> runs) {
        List<Problem> problems = new ArrayList<>();
        for (Path run : runs) {
            try {
                ofRun(laboratory, RunFolder.open(run));
            } catch (InvalidInputException e) {
                problems.addAll(e.problems());
            }
        }
        return problems;
    }

    private static void requireNone(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private Path ofRun(Laboratory laboratory, RunFolder run) {
        if (RegularFiles.isThere(run.checkpoints().best())) {
            TrainedModel trained = TrainedModel.ofRun(laboratory, run.path(), options);
            illustrate(run, trained);
        }
        new RunReportFile(run, REQUIRED).write();
        EstimateWarnings.print(run, spec);
        return run.report();
    }

    /** Without the images of the run, what rests on them stays as it is. */
    private static void illustrate(RunFolder run, TrainedModel trained) {
        Optional<Laboratory.Assembly> withImages = trained.withImagesIfThere(
                "what rests on them stays as it is: reconstructions, interpolations, the map and the dimensions");
        Laboratory.Assembly experiment = withImages.orElseGet(trained::withoutImages);
        try (VaeModel<?> model = trained.open(experiment)) {
            if (withImages.isPresent()) {
                new RunIllustrations(experiment.context(run, REQUIRED)).write(model);
            } else {
                new ModelIllustrations(run, experiment.get(RandomStreams.class), REQUIRED).write(model);
            }
        }
    }

    private void print(Path report) {
        PrintWriter output = spec.commandLine().getOut();
        output.println(
                json.requested ? JsonText.line(new Made(report.toString())) : VisibleText.line("report: " + report));
        output.flush();
    }
}
