package dev.vaelab.cli.command;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.report.picture.ImageGrid;
import dev.vaelab.report.picture.ModelPictures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws images from the prior and writes them as one picture. */
@Command(
        name = "generate",
        description = "Draws images from the prior and writes them as one picture.",
        mixinStandardHelpOptions = true)
final class GenerateCommand extends PictureCommand {
    /** More make a picture that no viewer opens. */
    private static final int MOST_IMAGES = 10_000;

    @Option(names = "--count", defaultValue = "64", paramLabel = "N", description = "How many. Default: 64.")
    private int count;

    @Override
    int count() {
        return count;
    }

    @Override
    int most(Laboratory.Experiment experiment) {
        return MOST_IMAGES;
    }

    @Override
    ImageGrid draw(Laboratory.Experiment experiment, VaeModel<?> model) {
        return new ModelPictures(experiment.get(DataSplits.class), experiment.get(RandomStreams.class))
                .samples(model, count);
    }
}
