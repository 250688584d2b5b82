package dev.vaelab.backend.reference;

import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.Encoder;
import dev.vaelab.api.model.Phase;
import dev.vaelab.api.model.Posterior;
import java.util.ArrayList;
import java.util.List;

/** Convolutions with batch normalization and ReLU, a linear layer with ReLU, and a linear layer for each parameter. */
final class ReferenceEncoder implements Encoder<DoubleTensor> {
    private final Architecture architecture;
    private final List<Convolution> convolutions = new ArrayList<>();
    private final List<BatchNorm> batchNorms = new ArrayList<>();
    private final Linear hidden;
    private final Linear mean;
    private final Linear logVariance;

    /** Builds the encoder of an architecture over the weights of a model. */
    ReferenceEncoder(Architecture architecture, Weights weights) {
        this.architecture = architecture;
        for (int layer = 1; layer <= architecture.convolutions(); layer++) {
            convolutions.add(new Convolution("encoder.conv" + layer, weights));
            batchNorms.add(new BatchNorm("encoder.bn" + layer, weights));
        }
        hidden = new Linear("encoder.fc", weights);
        mean = new Linear("encoder.mean", weights);
        logVariance = new Linear("encoder.log_variance", weights);
    }

    @Override
    public Posterior<DoubleTensor> encode(DoubleTensor images, Phase phase) {
        DoubleTensor features = images;
        for (int layer = 0; layer < convolutions.size(); layer++) {
            DoubleTensor convolved = convolutions.get(layer).apply(features);
            features = Relu.apply(batchNorms.get(layer).apply(convolved, phase));
        }
        DoubleTensor flat =
                features.reshaped(images.size(0), architecture.features().size());
        DoubleTensor summary = Relu.apply(hidden.apply(flat));
        return new Posterior<>(mean.apply(summary), logVariance.apply(summary));
    }
}
