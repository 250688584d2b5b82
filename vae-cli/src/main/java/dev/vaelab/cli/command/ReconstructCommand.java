package dev.vaelab.cli.command;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.report.picture.ImageGrid;
import dev.vaelab.report.picture.ModelPictures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes test images, each above its reconstruction, as one picture. */
@Command(
        name = "reconstruct",
        description = "Writes test images, each above its reconstruction, as one picture.",
        mixinStandardHelpOptions = true)
final class ReconstructCommand extends PictureCommand {
    @Option(names = "--count", defaultValue = "10", paramLabel = "N", description = "How many. Default: 10.")
    private int count;

    @Override
    int count() {
        return count;
    }

    @Override
    int most(Laboratory.Experiment experiment) {
        return experiment.get(DataSplits.class).test().count();
    }

    @Override
    ImageGrid draw(Laboratory.Experiment experiment, VaeModel<?> model) {
        return new ModelPictures(experiment.get(DataSplits.class), experiment.get(RandomStreams.class))
                .reconstructions(model, count);
    }
}
