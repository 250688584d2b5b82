package dev.vaelab.api.training;

import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Phase;
import dev.vaelab.api.model.Posterior;
import java.util.stream.IntStream;

/** The pictures that a model makes of latents, the latents that it makes of pictures, and the way there and back. */
public final class Imagination {
    private Imagination() {}

    /**
     * The expected images of latents: the sigmoid of the decoder's logits.
     *
     * @param latents vectors of the latent size one after the other
     * @return pixels in [0,1], image after image
     */
    public static <T> float[] decode(VaeModel<T> model, float[] latents) {
        int latent = model.architecture().latent();
        try (TensorScope<T> scope = model.openScope()) {
            T uploaded = scope.upload(latents, latents.length / latent, latent);
            return sigmoid(scope.download(model.decoder().decode(uploaded, Phase.EVALUATION)));
        }
    }

    /**
     * The expected images of the posterior means of images: what the model keeps of them.
     *
     * @param images pixels in [0,1], image after image
     * @return pixels in [0,1], as many
     */
    public static <T> float[] reconstruct(VaeModel<T> model, float[] images) {
        try (TensorScope<T> scope = model.openScope()) {
            T means = posterior(model, scope, images).mean();
            return sigmoid(scope.download(model.decoder().decode(means, Phase.EVALUATION)));
        }
    }

    /**
     * The posterior means of images: where the model places them in its latent space.
     *
     * @param images pixels in [0,1], image after image
     * @return vectors of the latent size one after the other
     */
    public static <T> float[] encode(VaeModel<T> model, float[] images) {
        try (TensorScope<T> scope = model.openScope()) {
            return scope.download(posterior(model, scope, images).mean());
        }
    }

    /**
     * The posterior means of images of a data set.
     *
     * @param batchSize images that the engine is given at a time
     * @return vectors of the latent size one after the other, in the order of the images
     */
    public static float[] encode(VaeModel<?> model, ImageSubset images, int batchSize) {
        int latent = model.architecture().latent();
        float[] means = new float[Math.multiplyExact(images.count(), latent)];
        for (int start = 0; start < images.count(); start += batchSize) {
            int end = Math.min(images.count(), start + batchSize);
            float[] part = encode(
                    model, images.select(IntStream.range(start, end).toArray()).pixels());
            System.arraycopy(part, 0, means, start * latent, part.length);
        }
        return means;
    }

    private static <T> Posterior<T> posterior(VaeModel<T> model, TensorScope<T> scope, float[] images) {
        ImageShape shape = model.architecture().image();
        T uploaded =
                scope.upload(images, images.length / shape.size(), shape.channels(), shape.height(), shape.width());
        return model.encoder().encode(uploaded, Phase.EVALUATION);
    }

    private static float[] sigmoid(float[] logits) {
        float[] pixels = new float[logits.length];
        for (int index = 0; index < logits.length; index++) {
            pixels[index] = (float) (1 / (1 + Math.exp(-logits[index])));
        }
        return pixels;
    }
}
