package dev.vaelab.report.picture;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.training.ModelImages;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What a model makes of the experiment's images and of the experiment's random latents: the same for every engine. */
public final class ModelPictures {
    private final DataSplits splits;
    private final RandomStreams streams;

    /** Pictures of an experiment. */
    public ModelPictures(DataSplits splits, RandomStreams streams) {
        this.splits = splits;
        this.streams = streams;
    }

    /** The first test images, each above its reconstruction from the posterior mean. */
    public ImageGrid reconstructions(VaeModel<?> model, int count) {
        return reconstructions(
                model, count, GridLayout.pairs(model.architecture().image(), count, OptionalInt.empty()));
    }

    /** The same in a layout of so many pairs. */
    public ImageGrid reconstructions(VaeModel<?> model, int count, GridLayout layout) {
        ImageSubset first = splits.test().select(IntStream.range(0, count).toArray());
        float[] originals = first.pixels();
        return ImageGrid.ofPairs(layout, originals, ModelImages.reconstruct(model, originals, first.labels()));
    }

    /**
     * Images of latents drawn from the prior, see {@link LatentPictures#samples}.
     *
     * @param count how many; fewer are the first ones of more
     */
    public ImageGrid samples(VaeModel<?> model, int count) {
        return new LatentPictures(streams).samples(model, count);
    }

    /**
     * Rows from one test image to another of a different label, or of the same label for a conditional model: the image, the images
     * of latents on the straight line between the two posterior means, the other image.
     */
    public ImageGrid interpolations(VaeModel<?> model) {
        return new Interpolations(splits.test(), streams).draw(model);
    }
}
