package dev.vaelab.cli.command;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.cli.picture.ModelPictures;
import dev.vaelab.cli.wiring.Laboratory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes test images, each above its reconstruction, as one picture. */
@Command(
        name = "reconstruct",
        description = "Writes test images, each above its reconstruction, as one picture.",
        mixinStandardHelpOptions = true)
final class ReconstructCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "Run folder; its best checkpoint is used.")
    private Path run;

    @Option(names = "--count", defaultValue = "10", paramLabel = "N", description = "How many. Default: 10.")
    private int count;

    @Mixin
    private PictureOptions picture;

    @Mixin
    private ExperimentOptions options;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        Laboratory laboratory = Laboratory.open();
        TrainedModel trained = TrainedModel.ofRun(laboratory, run, options);
        Laboratory.Experiment experiment = laboratory.assemble(trained.config());
        PictureOptions.requireCount(
                count, experiment.get(DataSplits.class).test().count());
        try (VaeModel<?> model = trained.open(experiment)) {
            picture.write(
                    experiment.get(ModelPictures.class).reconstructions(model, count),
                    count,
                    json.requested,
                    spec.commandLine().getOut());
        }
        return ExitCode.OK;
    }
}
