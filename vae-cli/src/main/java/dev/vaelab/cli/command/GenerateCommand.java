package dev.vaelab.cli.command;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.wiring.Laboratory;
import java.nio.FloatBuffer;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
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
            "Needs the model and no images, but for a mixture (--prior gmm) that the run does not keep yet. Each call draws others,"
                    + " unless --seed says which."
        },
        mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private ModelChoice choice;

    @Option(names = "--count", defaultValue = "64", paramLabel = "N", description = "How many. Default: 64.")
    private int count;

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
        PictureOptions.requireCount(count, images.most());
        Laboratory laboratory = PluginWarnings.open(spec);
        TrainedModel trained = choice.open(laboratory, options);
        Laboratory.Assembly experiment = prior.needsImages(trained) ? trained.withImages() : trained.withoutImages();
        Architecture architecture = experiment.get(Architecture.class);
        images.requireDrawable(architecture.image(), count);
        long drawnWith = seed(trained);
        try (VaeModel<?> model = trained.open(experiment)) {
            images.write(
                    model,
                    count,
                    next(prior.open(trained, experiment, model), drawnWith, architecture.latent()),
                    drawnWith,
                    json.requested,
                    spec.commandLine().getOut());
        }
        if (seed == null && !trained.isOption("seed") && !json.requested) {
            System.err.println("drawn with --seed " + drawnWith + ", which draws the same images again");
        }
        return ExitCode.OK;
    }

    /** Hands out latents, one after the other. */
    private IntFunction<float[]> next(SamplePrior.Draws draws, long drawnWith, int latent) {
        FloatBuffer rest = FloatBuffer.wrap(draws.draw(count, new RandomStreams(drawnWith), Purpose.GENERATION));
        return more -> {
            float[] drawn = new float[more * latent];
            rest.get(drawn);
            return drawn;
        };
    }

    private long seed(TrainedModel trained) {
        if (seed != null) {
            return seed;
        }
        return trained.isOption("seed") ? trained.config().seed() : new SecureRandom().nextInt(Integer.MAX_VALUE);
    }
}
