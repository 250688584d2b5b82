package dev.vaelab.cli.command;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.encoding.Latents;
import dev.vaelab.experiment.wiring.Laboratory;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws images from the prior, or from a mixture that is fitted to the latents afterwards. */
@Command(
        name = "generate",
        description = {
            "Draws images from the prior and writes them as one picture, or a file each.",
            "A conditional model draws images of a label: of each label a row, or of those that --label names.",
            "Needs the model and no images, but for a mixture (--prior gmm) that the run does not keep yet. Each call draws others,"
                    + " unless --seed says which."
        },
        mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
    private static final int USUAL = 64;
    private static final int USUAL_OF_EACH = 10;

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private ModelChoice choice;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "How many; of more than one label, how many of each. Default: 64; of more than one label 10.")
    private Integer asked;

    @Option(
            names = LabelRange.OPTION,
            split = ",",
            hideParamSyntax = true,
            paramLabel = "N,...",
            description = "Labels of the images, for a conditional model. Default: all that it knows.")
    private List<Integer> named;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Draw the same images each time. The seed of the experiment gives those of its report.")
    private Long seed;

    @Mixin
    private SamplePrior prior;

    @Mixin
    private DecodedImages images;

    @Mixin
    private ExperimentOptions options;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        images.check();
        prior.check();
        if (asked != null) {
            PictureOptions.requireCount(asked, images.most());
        }
        Laboratory laboratory = PluginWarnings.open(spec);
        TrainedModel trained = choice.open(laboratory, options);
        Laboratory.Assembly experiment = prior.needsImages(trained) ? trained.withImages() : trained.withoutImages();
        prior.require(trained, experiment);
        Architecture architecture = experiment.get(Architecture.class);
        LabelRange known = LabelRange.of(architecture);
        int[] labels = named == null ? known.all() : known.requireSome(named);
        int rows = Math.max(1, labels.length);
        int count = asked != null ? asked : rows > 1 ? USUAL_OF_EACH : USUAL;
        PictureOptions.requireCount(count, images.most() / rows);
        OptionalInt columns = rows > 1 ? OptionalInt.of(count) : OptionalInt.empty();
        images.requireDrawable(architecture.image(), rows * count, columns);
        long drawnWith = seed(trained);
        try (VaeModel<?> model = trained.open(experiment)) {
            images.write(
                    model,
                    draw(prior.open(trained, experiment, model), count, drawnWith, architecture.latent(), labels),
                    columns,
                    drawnWith,
                    json.requested,
                    spec.commandLine().getOut());
        }
        if (seed == null && !trained.isOption("seed") && !json.requested) {
            System.err.println("drawn with --seed " + drawnWith + ", which draws the same images again");
        }
        return ExitCode.OK;
    }

    /** Latents; the same ones with each label, so that the images of a column differ in nothing else. */
    private static Latents draw(SamplePrior.Draws draws, int count, long drawnWith, int latent, int... labels) {
        Latents drawn = new Latents(latent, draws.draw(count, new RandomStreams(drawnWith), Purpose.GENERATION));
        return labels.length == 0 ? drawn : drawn.withEach(labels);
    }

    private long seed(TrainedModel trained) {
        if (seed != null) {
            return seed;
        }
        return trained.isOption("seed") ? trained.config().seed() : new SecureRandom().nextInt(Integer.MAX_VALUE);
    }
}
