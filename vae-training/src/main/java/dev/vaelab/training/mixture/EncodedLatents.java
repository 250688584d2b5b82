package dev.vaelab.training.mixture;

import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.random.GaussianStream;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.stream.IntStream;

/** Latents of images, one of each, for a density to be fitted to. */
public enum EncodedLatents {
    /**
     * As the sampler of the model gives them, which are what its decoder has learned to decode: draws from the aggregate posterior, or
     * the means if the sampler does not draw.
     */
    SAMPLED,
    /** Posterior means; of a model that draws, they are spread less than what its decoder has learned to decode. */
    MEANS;

    /** The name for people and files: {@code sampled} or {@code means}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Encodes images, batch by batch. The noise of an image does not depend on the size of the batches.
     *
     * @return vector after vector, [images, latent]
     */
    public float[] of(VaeModel<?> model, ImageSubset images, int batchSize, RandomStreams streams) {
        int latent = model.architecture().latent();
        GaussianStream noise = streams.openGaussian(Purpose.MIXTURE, 0);
        FloatBuffer latents = FloatBuffer.allocate(Math.multiplyExact(images.count(), latent));
        for (int from = 0; from < images.count(); from += batchSize) {
            int count = Math.min(batchSize, images.count() - from);
            ImageSubset stretch =
                    images.select(IntStream.range(from, from + count).toArray());
            latents.put(encode(model, stretch, noise.draw(count * latent)));
        }
        return latents.array();
    }

    private <T> float[] encode(VaeModel<T> model, ImageSubset images, float[] noise) {
        int count = images.count();
        ImageShape shape = model.architecture().image();
        try (TensorScope<T> scope = model.openScope()) {
            T uploaded = scope.upload(images.pixels(), count, shape.channels(), shape.height(), shape.width());
            Posterior<T> posterior = model.encoder(images.labels()).encode(uploaded, Phase.EVALUATION);
            return scope.download(
                    switch (this) {
                        case SAMPLED -> model.sample(posterior, scope.upload(noise, count, noise.length / count));
                        case MEANS -> posterior.mean();
                    });
        }
    }
}
