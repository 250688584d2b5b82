package dev.vaelab.report.picture;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.training.LatentStatistics;
import dev.vaelab.training.ModelImages;
import java.util.List;

/** What a model makes of latents: pictures that need no images. The latents are the same for every engine. */
public final class LatentPictures {
    private static final int MANIFOLD_SIDE = 20;

    private final RandomStreams streams;

    /** Pictures of an experiment with these random streams. */
    public LatentPictures(RandomStreams streams) {
        this.streams = streams;
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
