package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.cli.terminal.Console;
import dev.vaelab.experiment.estimate.SampleQualityFigures.Source;
import dev.vaelab.experiment.sampling.KeptMixture;
import dev.vaelab.experiment.sampling.MixtureFitting;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.training.mixture.EncodedLatents;
import dev.vaelab.training.mixture.MixtureFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say what latents of samples are drawn from: the prior of the model, or a mixture that is fitted afterwards. */
final class SamplePrior {
    static final String PRIOR = "--prior";
    private static final String COMPONENTS = "--components";
    private static final String LATENTS = "--latents";

    /** The values of {@code --prior}. */
    enum Name {
        MODEL,
        GMM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = PRIOR,
            paramLabel = "PRIOR",
            description =
                    "What latents are drawn from: model, the prior that it was trained with, or gmm, a mixture of Gaussians that is"
                            + " fitted to the latents of the training images and kept in the run (Ghosh et al. 2020)."
                            + " Default: model.")
    private Name name;

    @Option(
            names = COMPONENTS,
            paramLabel = "N",
            description = "How many Gaussians the mixture of --prior gmm has. Default: 10.")
    private Integer components;

    @Option(
            names = LATENTS,
            paramLabel = "WHICH",
            description =
                    "What the mixture of --prior gmm is fitted to: sampled, latents as the sampler of the model gives them, or means,"
                            + " posterior means, which are the same for a deterministic sampler. Default: sampled.")
    private EncodedLatents latents;

    /** Draws latents. */
    interface Draws {
        /** Count vectors one after the other; fewer are the first ones of more. */
        float[] draw(int count, RandomStreams streams, Purpose purpose);
    }

    /**
     * Checks what can be checked before a model is there.
     *
     * @throws InvalidInputException if an option says something of a mixture that nobody asks for
     */
    void check() {
        if (components != null) {
            requireMixture(COMPONENTS, components.toString());
            WholeNumber.requireAtLeast(1, COMPONENTS, components);
        }
        if (latents != null) {
            requireMixture(LATENTS, latents.toString());
        }
    }

    /** Whether one of the options is there. */
    Optional<String> told() {
        return name != null
                ? Optional.of(PRIOR)
                : components != null
                        ? Optional.of(COMPONENTS)
                        : latents != null ? Optional.of(LATENTS) : Optional.empty();
    }

    /** The options as they are typed. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (name != null) {
            words.add(PRIOR + " " + name);
        }
        if (components != null) {
            words.add(COMPONENTS + " " + components);
        }
        if (latents != null) {
            words.add(LATENTS + " " + latents);
        }
        return words;
    }

    private void requireMixture(String option, String value) {
        if (name != Name.GMM) {
            throw new InvalidInputException(Problem.of(
                    option,
                    value + " without " + PRIOR + " gmm",
                    "the option with the mixture that it says something of"));
        }
    }

    /** Whether training images are needed: for a mixture that the run does not keep. */
    boolean needsImages(TrainedModel trained) {
        return name == Name.GMM && kept(trained).isEmpty();
    }

    /**
     * Checks that a mixture that is not there yet can be fitted, before an engine is loaded.
     *
     * @param experiment with its images if they are {@link #needsImages needed}
     * @throws InvalidInputException if it has more components than there are images, or more numbers than anybody can want
     */
    void require(TrainedModel trained, Laboratory.Assembly experiment) {
        if (needsImages(trained)) {
            fitting(trained)
                    .requireFeasible(
                            COMPONENTS,
                            experiment.get(Architecture.class).latent(),
                            experiment.get(DataSplits.class).get(Split.TRAIN).count());
        }
    }

    /** Where the latents come from, for the stamp of what is measured by them. */
    Source source(TrainedModel trained) {
        return name == Name.GMM
                ? new Source(Name.GMM.toString(), fitting(trained).stamp())
                : new Source(Name.MODEL.toString(), null);
    }

    /**
     * What latents are drawn from; a mixture that is not there yet is fitted, and kept in the run if there is one.
     *
     * @param experiment with its images if they are {@link #needsImages needed}
     */
    Draws open(TrainedModel trained, Laboratory.Assembly experiment, VaeModel<?> model) {
        if (name != Name.GMM) {
            return model::drawFromPrior;
        }
        MixtureFit fit = kept(trained).map(KeptMixture::fit).orElseGet(() -> fit(trained, experiment, model));
        fitting(trained).requireFits(fit, model);
        return fit.mixture()::draw;
    }

    private MixtureFitting fitting(TrainedModel trained) {
        return new MixtureFitting(
                trained.config(),
                trained.weights(),
                components == null ? MixtureFitting.DEFAULT_COMPONENTS : components,
                latents == null ? EncodedLatents.SAMPLED : latents);
    }

    private Optional<KeptMixture> kept(TrainedModel trained) {
        return trained.run()
                .flatMap(run -> KeptMixture.find(run, fitting(trained).stamp()));
    }

    private MixtureFit fit(TrainedModel trained, Laboratory.Assembly experiment, VaeModel<?> model) {
        MixtureFitting fitting = fitting(trained);
        ImageSubset images = experiment.get(DataSplits.class).get(Split.TRAIN);
        if (Console.drawsOverLines()) {
            System.err.println("fitting " + fitting.components() + " Gaussians to the latents of " + images.count()
                    + " training images");
        }
        KeptMixture fitted = fitting.fit(model, images, experiment.get(RandomStreams.class));
        if (!fitted.fit().converged()) {
            System.err.println("note: the mixture still changes by more than " + MixtureFit.TOLERANCE
                    + " nats in an iteration, after " + fitted.fit().iterations());
        }
        return trained.keep(fitted, KeptMixture::write, "the mixture is").fit();
    }
}
