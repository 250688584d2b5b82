package dev.vaelab.training;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.PrefetchedBatches;
import dev.vaelab.api.model.Figures;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.Phase;
import dev.vaelab.api.model.Posterior;

/**
 * Measures a model on images without changing it.
 *
 * <p>One draw of the sampler for each image estimates the reconstruction term, as in training.
 */
public final class Evaluator {
    private Evaluator() {}

    /**
     * The mean terms over all images of the batches.
     *
     * @param batches images and noise, asked for by a thread of its own; may not be empty
     */
    public static <T> Figures evaluate(VaeModel<T> model, Iterable<Batch> batches) {
        FigureSum sum = FigureSum.ZERO;
        try (PrefetchedBatches prepared = PrefetchedBatches.start(batches.iterator())) {
            while (prepared.hasNext()) {
                sum = addBatch(model, prepared.next(), sum);
            }
        }
        return sum.mean();
    }

    private static <T> FigureSum addBatch(VaeModel<T> model, Batch batch, FigureSum sum) {
        ImageShape shape = model.architecture().image();
        try (TensorScope<T> scope = model.openScope()) {
            T images = scope.upload(batch.images(), batch.count(), shape.channels(), shape.height(), shape.width());
            T noise = scope.upload(
                    batch.noise(), batch.count(), model.architecture().latent());
            Posterior<T> posterior = model.encoder().encode(images, Phase.EVALUATION);
            T latents = model.sampler().sample(posterior, noise);
            T logits = model.decoder().decode(latents, Phase.EVALUATION);
            LossTerms<T> terms = model.loss().compute(logits, images, posterior);
            return sum.plusEach(scope.download(terms.reconstruction()), scope.download(terms.kl()));
        }
    }
}
