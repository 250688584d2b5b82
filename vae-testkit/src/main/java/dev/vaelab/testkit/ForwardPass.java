package dev.vaelab.testkit;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Phase;
import dev.vaelab.api.model.Posterior;

/**
 * What the four seams of a model make of a batch.
 *
 * @param mean [images, latent]
 * @param logVariance [images, latent]
 * @param latents [images, latent]
 * @param logits [images, channels, height, width]
 * @param reconstruction nats, [images]
 * @param kl nats, [images]
 */
record ForwardPass(
        float[] mean, float[] logVariance, float[] latents, float[] logits, float[] reconstruction, float[] kl) {
    /** Runs encoder, sampler, decoder and loss, one after the other. */
    static <T> ForwardPass of(VaeModel<T> model, Batch batch, Phase phase) {
        ImageShape shape = model.architecture().image();
        try (TensorScope<T> scope = model.openScope()) {
            T images = scope.upload(batch.images(), batch.count(), shape.channels(), shape.height(), shape.width());
            T noise = scope.upload(
                    batch.noise(), batch.count(), model.architecture().latent());
            Posterior<T> posterior = model.encoder().encode(images, phase);
            T latents = model.sampler().sample(posterior, noise);
            T logits = model.decoder().decode(latents, phase);
            LossTerms<T> terms = model.loss().compute(logits, images, posterior);
            return new ForwardPass(
                    scope.download(posterior.mean()),
                    scope.download(posterior.logVariance()),
                    scope.download(latents),
                    scope.download(logits),
                    scope.download(terms.reconstruction()),
                    scope.download(terms.kl()));
        }
    }
}
