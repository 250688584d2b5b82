package dev.vaelab.backend.reference;

import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Decoder;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Phase;
import java.util.ArrayList;
import java.util.List;

/** Two linear layers with ReLU, then transposed convolutions with batch normalization and ReLU between them. */
final class ReferenceDecoder implements Decoder<DoubleTensor> {
    private final Architecture architecture;
    private final Linear hidden;
    private final Linear expansion;
    private final List<TransposedConvolution> convolutions = new ArrayList<>();
    private final List<BatchNorm> batchNorms = new ArrayList<>();

    /** Builds the decoder of an architecture over the weights of a model. */
    ReferenceDecoder(Architecture architecture, Weights weights) {
        this.architecture = architecture;
        hidden = new Linear("decoder.fc1", weights);
        expansion = new Linear("decoder.fc2", weights);
        for (int layer = 1; layer <= architecture.convolutions(); layer++) {
            convolutions.add(new TransposedConvolution("decoder.deconv" + layer, weights));
        }
        for (int layer = 1; layer < architecture.convolutions(); layer++) {
            batchNorms.add(new BatchNorm("decoder.bn" + layer, weights));
        }
    }

    @Override
    public DoubleTensor decode(DoubleTensor latents, Phase phase) {
        ImageShape shape = architecture.features();
        DoubleTensor flat = Relu.apply(expansion.apply(Relu.apply(hidden.apply(latents))));
        DoubleTensor features = flat.reshaped(latents.size(0), shape.channels(), shape.height(), shape.width());
        for (int layer = 0; layer < batchNorms.size(); layer++) {
            DoubleTensor spread = convolutions.get(layer).apply(features);
            features = Relu.apply(batchNorms.get(layer).apply(spread, phase));
        }
        return convolutions.get(convolutions.size() - 1).apply(features);
    }
}
