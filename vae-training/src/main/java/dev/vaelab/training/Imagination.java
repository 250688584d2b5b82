package dev.vaelab.training;

import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Phase;
import dev.vaelab.api.model.Posterior;

/** The pictures that a model makes: of latents, and of images by way of their latents. */
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
        Architecture architecture = model.architecture();
        ImageShape shape = architecture.image();
        try (TensorScope<T> scope = model.openScope()) {
            T uploaded =
                    scope.upload(images, images.length / shape.size(), shape.channels(), shape.height(), shape.width());
            Posterior<T> posterior = model.encoder().encode(uploaded, Phase.EVALUATION);
            return sigmoid(scope.download(model.decoder().decode(posterior.mean(), Phase.EVALUATION)));
        }
    }

    private static float[] sigmoid(float[] logits) {
        float[] pixels = new float[logits.length];
        for (int index = 0; index < logits.length; index++) {
            pixels[index] = (float) (1 / (1 + Math.exp(-logits[index])));
        }
        return pixels;
    }
}
