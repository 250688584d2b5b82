package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDArray;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Encoder;
import dev.vaelab.api.model.Phase;
import dev.vaelab.api.model.Posterior;

/** The encoder of the architecture: convolutions, a hidden linear layer, and a linear head for each statistic. */
final class DjlEncoder implements Encoder<NDArray> {
    private final Architecture architecture;
    private final Layers layers;

    DjlEncoder(Architecture architecture, Layers layers) {
        this.architecture = architecture;
        this.layers = layers;
    }

    @Override
    public Posterior<NDArray> encode(NDArray images, Phase phase) {
        NDArray features = layers.channelsLast(images);
        for (int layer = 1; layer <= architecture.convolutions(); layer++) {
            features = layers.convolutionBlock("encoder.conv" + layer, "encoder.bn" + layer, features, phase);
        }
        NDArray hidden = layers.linearRelu("encoder.fc", layers.flatten(features));
        return layers.heads("encoder.mean", "encoder.log_variance", hidden);
    }
}
