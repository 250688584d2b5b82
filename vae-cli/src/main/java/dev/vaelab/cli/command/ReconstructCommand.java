package dev.vaelab.cli.command;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.report.picture.GridLayout;
import dev.vaelab.report.picture.ImageGrid;
import dev.vaelab.report.picture.ModelPictures;
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

/** Writes test images, each above its reconstruction, as one picture. */
@Command(
        name = "reconstruct",
        description = "Writes test images, each above its reconstruction, as one picture.",
        mixinStandardHelpOptions = true)
final class ReconstructCommand implements Callable<Integer> {
    private static final int USUAL_COUNT = 10;

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private ModelChoice choice;

    @Option(names = "--count", paramLabel = "N", description = "How many. Default: 10, or all if there are fewer.")
    private Integer asked;

    @Option(
            names = PictureOptions.IMAGE,
            required = true,
            paramLabel = "FILE.png",
            description = "The picture to write.")
    private Path image;

    @Mixin
    private PictureOptions picture;

    @Mixin
    private ExperimentOptions options;

    @Mixin
    private JsonOption json;

    /** What {@code --json} prints. */
    private record Written(String image, int images, int rows, int columns) {}

    @Override
    public Integer call() {
        PictureOptions.requirePng(image);
        picture.scale();
        Laboratory laboratory = PluginWarnings.open(spec);
        TrainedModel trained = choice.open(laboratory, options);
        Laboratory.Assembly experiment = trained.withImages();
        DataSplits splits = experiment.get(DataSplits.class);
        int count = asked == null ? Math.min(USUAL_COUNT, splits.test().count()) : asked;
        PictureOptions.requireCount(count, splits.test().count());
        GridLayout layout = GridLayout.pairs(experiment.get(Architecture.class).image(), count, picture.scale());
        PictureOptions.requireDrawable(layout, "a smaller --count or --scale");
        try (VaeModel<?> model = trained.open(experiment)) {
            ImageGrid pairs = new ModelPictures(splits, experiment.get(RandomStreams.class))
                    .reconstructions(model, count, layout);
            PictureOptions.write(PictureOptions.IMAGE, image, pairs.png());
        }
        print(new Written(image.toString(), count, layout.rows(), layout.columns()));
        return ExitCode.OK;
    }

    private void print(Written written) {
        PrintWriter output = spec.commandLine().getOut();
        output.println(json.requested ? JsonText.line(written) : "picture: " + written.image());
        output.flush();
    }
}
