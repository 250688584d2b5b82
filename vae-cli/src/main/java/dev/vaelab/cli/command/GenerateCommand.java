package dev.vaelab.cli.command;

import dev.vaelab.api.backend.VaeModel;
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

/** Draws images from the prior and writes them as one picture. */
@Command(
        name = "generate",
        description = "Draws images from the prior and writes them as one picture.",
        mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
    /** More make a picture that no viewer opens. */
    private static final int MOST_IMAGES = 10_000;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "Run folder; its best checkpoint is used.")
    private Path run;

    @Option(names = "--count", defaultValue = "64", paramLabel = "N", description = "How many. Default: 64.")
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
        PictureOptions.requireCount(count, MOST_IMAGES);
        try (VaeModel<?> model = trained.open(experiment)) {
            picture.write(
                    experiment.get(ModelPictures.class).samples(model, count),
                    count,
                    json.requested,
                    spec.commandLine().getOut());
        }
        return ExitCode.OK;
    }
}
