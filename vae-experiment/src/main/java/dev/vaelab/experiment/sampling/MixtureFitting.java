package dev.vaelab.experiment.sampling;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.training.mixture.EncodedLatents;
import dev.vaelab.training.mixture.MixtureFit;
import java.nio.file.Path;

/**
 * How a mixture is fitted to the latents of a model (Ghosh et al. 2020, <em>From variational to deterministic autoencoders</em>, section 4).
 *
 * @param config the experiment of the model
 * @param weights the safetensors file of the model
 * @param components how many Gaussians
 * @param latents which latents of the training images
 */
public record MixtureFitting(ExperimentConfig config, Path weights, int components, EncodedLatents latents) {
    /** As Ghosh et al. have it. */
    public static final int DEFAULT_COMPONENTS = 10;

    /** Entries of covariances: a file of tens of megabytes, and minutes of fitting. */
    private static final long MOST_COVARIANCES = 2_000_000;

    /** What tells the mixture from others. */
    public MixtureStamp stamp() {
        return MixtureStamp.of(config, components, latents, weights);
    }

    /**
     * Makes sure that there can be a mixture, before anything is computed.
     *
     * @param place what says how many components there are, for the message
     * @param latent dimensions of the latent space
     * @param images how many images the model is trained on
     * @throws InvalidInputException if it has more components than there are images, or more numbers than anybody can want
     */
    public void requireFeasible(String place, int latent, int images) {
        long covariances = (long) latent * latent;
        if (components > images) {
            throw new InvalidInputException(Problem.of(
                    place, Integer.toString(components), "at most as many as training images, which are " + images));
        }
        if (components * covariances > MOST_COVARIANCES) {
            throw new InvalidInputException(Problem.of(
                    place,
                    components + " covariances of " + latent + " dimensions",
                    "at most " + MOST_COVARIANCES + " entries of covariances, which " + MOST_COVARIANCES / covariances
                            + " components have"));
        }
    }

    /**
     * Makes sure that a mixture is of the latents of a model.
     *
     * @throws InvalidInputException if its dimensions are others
     */
    public void requireFits(MixtureFit fit, VaeModel<?> model) {
        int latent = model.architecture().latent();
        if (fit.mixture().latent() != latent) {
            throw new InvalidInputException(Problem.of(
                    "the mixture of " + weights,
                    fit.mixture().latent() + " dimensions",
                    latent + ", as the latents of the model have"));
        }
    }

    /**
     * Fits it.
     *
     * @param images that the model is trained on
     * @param streams of the experiment
     * @throws RunFailedException if a latent is not finite
     */
    public KeptMixture fit(VaeModel<?> model, ImageSubset images, RandomStreams streams) {
        int latent = model.architecture().latent();
        float[] encoded = latents.of(model, images, config.training().batchSize(), streams);
        for (int index = 0; index < encoded.length; index++) {
            if (!Float.isFinite(encoded[index])) {
                throw new RunFailedException(
                        "the latent of training image " + index / latent + " is " + encoded[index] + " in dimension "
                                + (index % latent + 1) + ": there is no density of latents of these weights");
            }
        }
        return KeptMixture.of(stamp(), MixtureFit.of(encoded, latent, components, streams));
    }
}
