package dev.vaelab.cli.picture;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.training.Imagination;
import jakarta.inject.Inject;

/** What a model makes of the experiment's images and of the experiment's random latents: the same for every engine. */
public final class ModelPictures {
    private final DataSplits splits;
    private final RandomStreams streams;

    @Inject
    ModelPictures(DataSplits splits, RandomStreams streams) {
        this.splits = splits;
        this.streams = streams;
    }

    /** The first test images, each above its reconstruction from the posterior mean. */
    public ImageGrid reconstructions(VaeModel<?> model, int count) {
        ImageSubset test = splits.test();
        int size = test.shape().size();
        float[] originals = new float[count * size];
        for (int image = 0; image < count; image++) {
            test.copyPixels(image, originals, image * size);
        }
        return ImageGrid.ofPairs(test.shape(), originals, Imagination.reconstruct(model, originals));
    }

    /** Images of latents drawn from the prior N(0, I). */
    public ImageGrid samples(VaeModel<?> model, int count) {
        float[] latents = streams.gaussian(count * model.architecture().latent(), Purpose.GENERATION);
        return ImageGrid.of(model.architecture().image(), Imagination.decode(model, latents));
    }
}
