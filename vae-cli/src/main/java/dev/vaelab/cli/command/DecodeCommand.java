package dev.vaelab.cli.command;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.experiment.encoding.LatentFile;
import dev.vaelab.experiment.encoding.Latents;
import dev.vaelab.experiment.wiring.Laboratory;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the images of latents that a table holds. */
@Command(
        name = "decode",
        description = {
            "Writes the images of latents, as one picture or a file each: the way back of encode.",
            "The table has a column for each dimension, mean_1, mean_2 and so on, as encode writes it, or z_1, z_2 and so on; other"
                    + " columns are passed over. Needs the model and no images.",
            "A conditional model takes the label of each image from the column label, or that of all of them from --label."
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

    @Option(
            names = LabelRange.OPTION,
            paramLabel = "N",
            description = "Label of all images, for a conditional model, in the place of the column label.")
    private Integer label;

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
        Laboratory.Assembly experiment = trained.withoutImages();
        Architecture architecture = experiment.get(Architecture.class);
        int[] all = LabelRange.of(architecture).require(label == null ? List.of() : List.of(label));
        Latents table = LatentFile.read(
                files.get(files.size() - 1), latent, all.length > 0 ? 0 : architecture.classes(), images.most());
        Latents latents = all.length > 0 ? table.withEach(all) : table;
        images.requireDrawable(architecture.image(), latents.count(), OptionalInt.empty());
        try (VaeModel<?> model = trained.open(experiment)) {
            images.write(
                    model,
                    latents,
                    OptionalInt.empty(),
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
