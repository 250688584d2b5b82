package dev.vaelab.cli.command;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.experiment.encoding.LatentFile;
import dev.vaelab.experiment.wiring.Laboratory;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the images of latents that a table holds. */
@Command(
        name = "decode",
        description = {
            "Writes the images of latents, as one picture or a file each: the way back of encode.",
            "The table has a column for each dimension, mean_1, mean_2 and so on, as encode writes it, or z_1, z_2 and so on; other"
                    + " columns are passed over. Needs the model and no images."
        },
        customSynopsis = {
            "vae decode RUN LATENTS.csv (--image=FILE.png | --separate=DIR) [OPTION]...",
            "       vae decode --config=CONFIG --weights=FILE LATENTS.csv (--image=FILE.png | --separate=DIR) [OPTION]..."
        },
        mixinStandardHelpOptions = true)
final class DecodeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..2",
            hideParamSyntax = true,
            paramLabel = "RUN LATENTS.csv",
            description =
                    "Run folder, whose best checkpoint is used, and the table of latents; with --weights only the table.")
    private List<Path> files;

    @ArgGroup
    private Weights weights;

    /** In the place of a run. */
    static final class Weights {
        @ArgGroup(exclusive = false, multiplicity = "1")
        private ModelChoice.WeightsOfExperiment ofExperiment;
    }

    @Mixin
    private DecodedImages images;

    @Mixin
    private ExperimentOptions options;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        requireFiles();
        images.check();
        Laboratory laboratory = PluginWarnings.open(spec);
        TrainedModel trained = weights == null
                ? TrainedModel.ofRun(laboratory, files.get(0), options)
                : weights.ofExperiment.open(laboratory, options);
        int latent = trained.config().model().latent();
        float[] latents = LatentFile.read(files.get(files.size() - 1), latent, images.most());
        int count = latents.length / latent;
        Laboratory.Assembly experiment = trained.withoutImages();
        images.requireDrawable(experiment.get(Architecture.class).image(), count);
        FloatBuffer rest = FloatBuffer.wrap(latents);
        try (VaeModel<?> model = trained.open(experiment)) {
            images.write(
                    model,
                    count,
                    more -> {
                        float[] next = new float[more * latent];
                        rest.get(next);
                        return next;
                    },
                    null,
                    json.requested,
                    spec.commandLine().getOut());
        }
        return ExitCode.OK;
    }

    private void requireFiles() {
        if (weights == null && files.size() == 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "only " + files.get(0)
                            + " is named: decode takes a run and a table of latents, decode RUN LATENTS.csv");
        }
        if (weights != null && files.size() == 2) {
            throw new ParameterException(
                    spec.commandLine(), "a run beside --weights: decode takes one of the two, and a table of latents");
        }
    }
}
