package dev.vaelab.training;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.PrefetchedBatches;
import dev.vaelab.api.model.Figures;
import java.util.ArrayList;
import java.util.List;

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
        for (FigureSum batch : batchSums(model, beta, batches)) {
            sum = sum.plus(batch);
        }
        return sum.mean();
    }

    /**
     * The terms of each batch, summed over its images: machines that evaluate stretches of the images hand them on.
     *
     * @param beta weight of the KL term in the loss
     * @param batches images and noise, asked for by a thread of its own
     */
    public static List<FigureSum> batchSums(VaeModel<?> model, double beta, Iterable<Batch> batches) {
        List<FigureSum> sums = new ArrayList<>();
        try (PrefetchedBatches prepared = PrefetchedBatches.start(batches.iterator())) {
            while (prepared.hasNext()) {
                sums.add(FigureSum.ZERO.plusEach(model.evaluate(prepared.next(), beta)));
            }
        }
        return sums;
    }
}
