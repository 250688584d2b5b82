package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.experiment.encoding.PosteriorFile;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.wiring.Laboratory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the posteriors of images as a table. */
@Command(
        name = "encode",
        description = {
            "Writes posterior mean and standard deviation of each image in each dimension as CSV.",
            "Columns: index, label, mean_1, ..., deviation_1, ..., class. decode is the way back.",
            "Any data set of images of the same shape will do: --set dataset.name=idx --set dataset.path=DIR"
        },
        mixinStandardHelpOptions = true)
final class EncodeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private ModelChoice choice;

    @Option(names = "--out", required = true, paramLabel = "FILE.csv", description = "The table to write.")
    private Path out;

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
    private record Table(
            String file, String weights, String backend, String dataset, String split, int images, int latent) {}

    @Override
    public Integer call() {
        Laboratory laboratory = PluginWarnings.open(spec);
        TrainedModel trained = choice.open(laboratory, options);
        ExperimentConfig config = trained.config();
        Laboratory.Assembly experiment = trained.withImages();
        ImageSubset images = experiment.get(DataSplits.class).get(split);
        try (VaeModel<?> model = trained.open(experiment)) {
            PosteriorFile.write(
                    out,
                    model,
                    images,
                    experiment.get(Dataset.class).classNames(),
                    config.training().batchSize());
        } catch (IOException e) {
            throw new InvalidInputException(new Problem(
                    "--out " + out,
                    "a file that cannot be written (" + FileFailures.reason(e) + ")",
                    "a folder that can be written to",
                    ""));
        }
        print(new Table(
                out.toString(),
                trained.weights().toString(),
                config.backend(),
                config.dataset().name(),
                split.toString(),
                images.count(),
                config.model().latent()));
        return ExitCode.OK;
    }

    private void print(Table table) {
        PrintWriter output = spec.commandLine().getOut();
        if (json.requested) {
            output.println(JsonText.line(table));
        } else {
            output.println(VisibleText.line(
                    "table: " + table.file() + " (" + table.images() + " " + table.split() + " images)"));
        }
        output.flush();
    }
}
