package dev.vaelab.training;

import dev.vaelab.api.backend.TensorScope;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.network.Phase;

/** The pictures that a model makes: of latents, and of images by way of their latents. */
public final class ModelImages {
    private ModelImages() {}

    /**
     * The expected images of latents, see {@link dev.vaelab.api.model.Likelihood#mean}.
     *
     * @param latents vectors of the latent size one after the other
     * @param labels of the images; a model that is not conditional looks at none
     * @return pixels in [0,1], image after image
     */
    public static <T> float[] decode(VaeModel<T> model, float[] latents, int... labels) {
        int latent = model.architecture().latent();
        try (TensorScope<T> scope = model.openScope()) {
            T uploaded = scope.upload(latents, latents.length / latent, latent);
            return scope.download(model.expectedImages(model.decoder(labels).decode(uploaded, Phase.EVALUATION)));
        }
    }

    /**
     * The expected images of the posterior means of images: what the model keeps of them.
     *
     * @param images pixels in [0,1], image after image
     * @param labels of the images; a model that is not conditional looks at none
     * @return pixels in [0,1], as many
     */
    public static <T> float[] reconstruct(VaeModel<T> model, float[] images, int... labels) {
        Architecture architecture = model.architecture();
        ImageShape shape = architecture.image();
        try (TensorScope<T> scope = model.openScope()) {
            T uploaded =
                    scope.upload(images, images.length / shape.size(), shape.channels(), shape.height(), shape.width());
            Posterior<T> posterior = model.encoder(labels).encode(uploaded, Phase.EVALUATION);
            T logits = model.decoder(labels).decode(posterior.mean(), Phase.EVALUATION);
            return scope.download(model.expectedImages(logits));
        }
    }
}
