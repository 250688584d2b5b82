package dev.vaelab.cli.command;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.report.picture.ImageGrid;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes one picture of what a trained model makes. */
abstract class PictureCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "Run folder; its best checkpoint is used.")
    private Path run;

    @Mixin
    private PictureOptions picture;

    @Mixin
    private ExperimentOptions options;

    @Mixin
    private JsonOption json;

    /** How many images the person asked for. */
    abstract int count();

    /** How many images there may be. */
    abstract int most(Laboratory.Experiment experiment);

    /** Draws {@link #count()} images. */
    abstract ImageGrid draw(Laboratory.Experiment experiment, VaeModel<?> model);

    @Override
    public final Integer call() {
        Laboratory laboratory = Laboratory.open();
        TrainedModel trained = TrainedModel.ofRun(laboratory, run, options);
        Laboratory.Experiment experiment = laboratory.assemble(trained.config());
        PictureOptions.requireCount(count(), most(experiment));
        try (VaeModel<?> model = trained.open(experiment)) {
            picture.write(
                    draw(experiment, model),
                    count(),
                    json.requested,
                    spec.commandLine().getOut());
        }
        return ExitCode.OK;
    }
}
