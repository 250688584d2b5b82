package dev.vaelab.experiment.sampling;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.Fingerprint;
import dev.vaelab.training.mixture.EncodedLatents;
import java.nio.file.Path;
import java.util.List;

/**
 * What a mixture was fitted to. It can be told without the images, so that a run is enough to draw from a mixture that it keeps.
 *
 * @param components how many Gaussians
 * @param latents of the training images, how they were taken
 * @param seed of the experiment
 * @param weights checksum of the file of weights
 * @param model checksum of the keys of the experiment that say what the weights are of
 * @param images checksum of the keys of the experiment that say which images it trains on
 */
public record MixtureStamp(int components, String latents, long seed, String weights, String model, String images) {
    /**
     * The stamp of a mixture that is to be fitted.
     *
     * @param weights a safetensors file
     */
    public static MixtureStamp of(ExperimentConfig config, int components, EncodedLatents latents, Path weights) {
        return new MixtureStamp(
                components,
                latents.toString(),
                config.seed(),
                Fingerprint.of(weights),
                Fingerprint.of(JsonText.line(List.of(config.model(), config.sampler()))),
                Fingerprint.of(JsonText.line(config.dataset())));
    }

    /** The name of its file: {@code gmm-10.json}, or {@code gmm-10-means.json} for means. */
    String fileName() {
        return "gmm-" + components + (latents.equals(EncodedLatents.SAMPLED.toString()) ? "" : "-" + latents) + ".json";
    }
}
