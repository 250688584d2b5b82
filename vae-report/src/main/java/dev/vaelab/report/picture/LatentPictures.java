package dev.vaelab.report.picture;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.encoding.Latents;
import dev.vaelab.training.LatentStatistics;
import dev.vaelab.training.ModelImages;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What a model makes of latents: pictures that need no images. The latents are the same for every engine. */
public final class LatentPictures {
    private static final int MANIFOLD_SIDE = 20;

    /** Of all images of a conditional model, where a picture is about the latents. */
    private static final int ONE_LABEL = 0;

    private final RandomStreams streams;

    /** Pictures of an experiment with these random streams. */
    public LatentPictures(RandomStreams streams) {
        this.streams = streams;
    }

    /**
     * Images of latents drawn from the prior. A conditional model has a row of each label, in which the latents are the same.
     *
     * @param count how many; fewer are the first ones of more. Of a conditional model as many as fit side by side in a square of so
     *     many, and at most so many rows
     */
    public ImageGrid samples(VaeModel<?> model, int count) {
        int classes = model.architecture().classes();
        if (classes > 0) {
            return samplesByLabel(model, Math.min(classes, count), (int) Math.sqrt(count));
        }
        float[] latents = model.drawFromPrior(count, streams, Purpose.GENERATION);
        return ImageGrid.of(model.architecture().image(), ModelImages.decode(model, latents));
    }

    private ImageGrid samplesByLabel(VaeModel<?> model, int labels, int columns) {
        Latents drawn =
                new Latents(model.architecture().latent(), model.drawFromPrior(columns, streams, Purpose.GENERATION));
        Latents each = drawn.withEach(IntStream.range(0, labels).toArray());
        return ImageGrid.of(
                model.architecture().image(), ModelImages.decode(model, each.values(), each.labels()), columns);
    }

    /** Of a conditional model all images have one label. */
    private static float[] decode(VaeModel<?> model, float[] latents) {
        int[] labels = new int[latents.length / model.architecture().latent()];
        Arrays.fill(labels, ONE_LABEL);
        return ModelImages.decode(model, latents, labels);
    }

    /** The images of a latent plane at the quantiles of the prior; for a model with two latent dimensions. */
    public ImageGrid manifold(VaeModel<?> model) {
        float[] pixels = decode(model, LatentGrid.quantiles(MANIFOLD_SIDE));
        return ImageGrid.of(model.architecture().image(), pixels, MANIFOLD_SIDE);
    }

    /**
     * What changes along the latent dimensions with the largest KL: a row for each of {@link Traversals#dimensions}, whose
     * value goes from left to right from minus {@link Traversals#LIMIT} to plus that, while all others are 0.
     */
    public ImageGrid traversals(VaeModel<?> model, LatentStatistics statistics) {
        List<Integer> dimensions = Traversals.dimensions(statistics);
        float[] latents =
                LatentGrid.along(model.architecture().latent(), dimensions, Traversals.LIMIT, Traversals.STEPS);
        return ImageGrid.of(model.architecture().image(), decode(model, latents), Traversals.STEPS);
    }
}
