package dev.vaelab.report.picture;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.training.LatentStatistics;
import dev.vaelab.training.ModelImages;
import java.util.List;
import java.util.stream.IntStream;

/** What a model makes of the experiment's images and of the experiment's random latents: the same for every engine. */
public final class ModelPictures {
    private static final int MANIFOLD_SIDE = 20;

    private final DataSplits splits;
    private final RandomStreams streams;

    /** Pictures of an experiment. */
    public ModelPictures(DataSplits splits, RandomStreams streams) {
        this.splits = splits;
        this.streams = streams;
    }

    /** The first test images, each above its reconstruction from the posterior mean. */
    public ImageGrid reconstructions(VaeModel<?> model, int count) {
        ImageSubset first = splits.test().select(IntStream.range(0, count).toArray());
        float[] originals = first.pixels();
        return ImageGrid.ofPairs(first.shape(), originals, ModelImages.reconstruct(model, originals));
    }

    /**
     * Images of latents drawn from the prior.
     *
     * @param count how many; fewer are the first ones of more
     */
    public ImageGrid samples(VaeModel<?> model, int count) {
        float[] latents = model.drawFromPrior(count, streams, Purpose.GENERATION);
        return ImageGrid.of(model.architecture().image(), ModelImages.decode(model, latents));
    }

    /**
     * Rows from one test image to another of a different label: the image, the images of latents on the straight line
     * between the two posterior means, the other image.
     */
    public ImageGrid interpolations(VaeModel<?> model) {
        return new Interpolations(splits.test(), streams).draw(model);
    }

    /** The images of a latent plane at the quantiles of the prior; for a model with two latent dimensions. */
    public ImageGrid manifold(VaeModel<?> model) {
        float[] pixels = ModelImages.decode(model, LatentGrid.quantiles(MANIFOLD_SIDE));
        return ImageGrid.of(model.architecture().image(), pixels, MANIFOLD_SIDE);
    }

    /**
     * What changes along the latent dimensions with the largest KL: a row for each of {@link Traversals#dimensions}, whose
     * value goes from left to right through {@link Traversals#values} while all others are 0.
     */
    public ImageGrid traversals(VaeModel<?> model, LatentStatistics statistics) {
        List<Integer> dimensions = Traversals.dimensions(statistics);
        float[] latents =
                LatentGrid.along(model.architecture().latent(), dimensions, Traversals.LIMIT, Traversals.STEPS);
        return ImageGrid.of(model.architecture().image(), ModelImages.decode(model, latents), Traversals.STEPS);
    }
}
