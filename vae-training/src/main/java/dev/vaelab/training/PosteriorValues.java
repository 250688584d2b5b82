package dev.vaelab.training;

import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.network.Phase;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The approximate posteriors q(z|x) of images as numbers, out of the engine.
 *
 * @param latent dimensions of the latent space
 * @param means posterior means, [images, latent]
 * @param logVariances natural logarithms of the posterior variances, [images, latent]
 */
public record PosteriorValues(int latent, float[] means, float[] logVariances) {
    /**
     * Encodes images.
     *
     * @param images pixels in [0,1], image after image
     * @param labels of the images; a model that is not conditional looks at none
     */
    public static <T> PosteriorValues of(VaeModel<T> model, float[] images, int... labels) {
        ImageShape shape = model.architecture().image();
        try (TensorScope<T> scope = model.openScope()) {
            T uploaded =
                    scope.upload(images, images.length / shape.size(), shape.channels(), shape.height(), shape.width());
            Posterior<T> posterior = model.encoder(labels).encode(uploaded, Phase.EVALUATION);
            return new PosteriorValues(
                    model.architecture().latent(),
                    scope.download(posterior.mean()),
                    scope.download(posterior.logVariance()));
        }
    }

    /**
     * Encodes a stretch of images, at once: no more of them than a batch should hold.
     *
     * @param images where they are
     * @param from the first of them
     * @param count how many
     */
    public static PosteriorValues of(VaeModel<?> model, ImageSubset images, int from, int count) {
        ImageSubset stretch = images.select(IntStream.range(from, from + count).toArray());
        return of(model, stretch.pixels(), stretch.labels());
    }

    /**
     * Encodes all of some images, batch by batch.
     *
     * @param images at least one
     */
    public static PosteriorValues of(VaeModel<?> model, ImageSubset images, int batchSize) {
        List<PosteriorValues> parts = new ArrayList<>();
        for (int from = 0; from < images.count(); from += batchSize) {
            parts.add(of(model, images, from, Math.min(batchSize, images.count() - from)));
        }
        return join(parts);
    }

    /**
     * Those of several stretches of images, one after the other.
     *
     * @param parts at least one
     */
    public static PosteriorValues join(List<PosteriorValues> parts) {
        return new PosteriorValues(
                parts.get(0).latent(), join(parts, PosteriorValues::means), join(parts, PosteriorValues::logVariances));
    }

    /** Number of images. */
    public int count() {
        return means.length / latent;
    }

    /** The standard deviation of an image's posterior in a dimension. */
    public float deviation(int image, int dimension) {
        return (float) Math.exp(logVariances[image * latent + dimension] / 2.0);
    }

    private static float[] join(List<PosteriorValues> parts, Function<PosteriorValues, float[]> values) {
        int length = parts.stream().mapToInt(part -> values.apply(part).length).sum();
        FloatBuffer joined = FloatBuffer.allocate(length);
        parts.forEach(part -> joined.put(values.apply(part)));
        return joined.array();
    }
}
