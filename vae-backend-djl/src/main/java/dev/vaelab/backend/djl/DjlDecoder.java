package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Decoder;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Phase;

/** The decoder of the architecture: two linear layers, then transposed convolutions, the last of which gives logits. */
final class DjlDecoder implements Decoder<NDArray> {
    private final Architecture architecture;
    private final Layers layers;

    DjlDecoder(Architecture architecture, Layers layers) {
        this.architecture = architecture;
        this.layers = layers;
    }

    @Override
    public NDArray decode(NDArray latents, Phase phase) {
        NDArray hidden = layers.linearRelu("decoder.fc1", latents);
        NDArray flat = layers.linearRelu("decoder.fc2", hidden);
        ImageShape shape = architecture.features();
        NDArray features = layers.unflatten(flat, shape.channels(), shape.height(), shape.width());
        int last = architecture.convolutions();
        for (int layer = 1; layer < last; layer++) {
            features =
                    layers.transposedConvolutionBlock("decoder.deconv" + layer, "decoder.bn" + layer, features, phase);
        }
        return layers.subPixelConvolution("decoder.deconv" + last, features);
    }
}
