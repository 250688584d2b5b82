package dev.vaelab.testkit;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.network.Phase;

/**
 * What the parts of a model make of a batch.
 *
 * @param mean [images, latent]
 * @param logVariance [images, latent]
 * @param latents [images, latent]
 * @param logits [images, channels, height, width]
 * @param expectedImages [images, channels, height, width]
 * @param reconstruction in nats, [images]
 * @param kl in nats, [images]
 * @param logPrior of the latents, in nats, [images]
 */
record ForwardPass(
        float[] mean,
        float[] logVariance,
        float[] latents,
        float[] logits,
        float[] expectedImages,
        float[] reconstruction,
        float[] kl,
        float[] logPrior) {
    /** Runs encoder, sampler, decoder, likelihood and prior, one after the other. */
    static <T> ForwardPass of(VaeModel<T> model, Batch batch, Phase phase) {
        ImageShape shape = model.architecture().image();
        try (TensorScope<T> scope = model.openScope()) {
            T images = scope.upload(batch.images(), batch.count(), shape.channels(), shape.height(), shape.width());
            T noise = scope.upload(
                    batch.noise(), batch.count(), model.architecture().latent());
            Posterior<T> posterior = model.encoder(batch.labels()).encode(images, phase);
            T latents = model.sample(posterior, noise);
            T logits = model.decoder(batch.labels()).decode(latents, phase);
            return new ForwardPass(
                    scope.download(posterior.mean()),
                    scope.download(posterior.logVariance()),
                    scope.download(latents),
                    scope.download(logits),
                    scope.download(model.expectedImages(logits)),
                    negative(scope.download(model.logLikelihood(images, logits))),
                    scope.download(model.divergence(posterior, latents)),
                    scope.download(model.logPrior(latents)));
        }
    }

    private static float[] negative(float[] values) {
        float[] negative = new float[values.length];
        for (int index = 0; index < values.length; index++) {
            negative[index] = -values[index];
        }
        return negative;
    }

    /** Requires every value to be close to that of another forward pass. */
    void requireClose(ForwardPass expected, Comparison comparison) {
        comparison.require("mean", mean, expected.mean, Tolerances.ofValues(expected.mean));
        comparison.require(
                "log-variance", logVariance, expected.logVariance, Tolerances.ofValues(expected.logVariance));
        comparison.require("latents", latents, expected.latents, Tolerances.ofValues(expected.latents));
        comparison.require("logits", logits, expected.logits, Tolerances.ofValues(expected.logits));
        comparison.require(
                "expected images",
                expectedImages,
                expected.expectedImages,
                Tolerances.ofValues(expected.expectedImages));
        int pixels = logits.length / kl.length;
        comparison.require(
                "reconstruction",
                reconstruction,
                expected.reconstruction,
                image -> Tolerances.ofReconstruction(comparison.likelihood(), expected.reconstruction[image], pixels));
        int latent = mean.length / kl.length;
        comparison.require("kl", kl, expected.kl, image -> Tolerances.ofKl(expected.kl[image], latent));
        comparison.require(
                "log prior", logPrior, expected.logPrior, image -> Tolerances.ofKl(expected.logPrior[image], latent));
    }
}
