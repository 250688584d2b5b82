package dev.vaelab.training;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.PrefetchedBatches;
import dev.vaelab.api.model.Figures;

/**
 * Measures a model on images without changing it.
 *
 * <p>As many latents are drawn for each image as in training.
 */
public final class Evaluator {
    private Evaluator() {}

    /**
     * The mean terms over all images of the batches.
     *
     * @param beta weight of the KL term in the loss
     * @param batches images and noise, asked for by a thread of its own; may not be empty
     */
    public static Figures evaluate(VaeModel<?> model, double beta, Iterable<Batch> batches) {
        FigureSum sum = FigureSum.ZERO;
        try (PrefetchedBatches prepared = PrefetchedBatches.start(batches.iterator())) {
            while (prepared.hasNext()) {
                sum = sum.plusEach(model.evaluate(prepared.next(), beta));
            }
        }
        return sum.mean();
    }
}
