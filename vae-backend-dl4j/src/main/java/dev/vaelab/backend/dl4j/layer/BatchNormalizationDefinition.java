package dev.vaelab.backend.dl4j.layer;

import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Batch normalization, then ReLU.
 *
 * <p>Source: S. Ioffe and C. Szegedy, <em>Batch Normalization</em>, 2015, arXiv:1502.03167, with PyTorch's running
 * statistics: the running variance is unbiased, the one that normalizes a batch is biased.
 */
public final class BatchNormalizationDefinition extends LayerDefinition {
    private static final long serialVersionUID = 1L;

    private final long channels;

    /** Defines the layer for images of so many channels. */
    public BatchNormalizationDefinition(long channels) {
        this.channels = channels;
    }

    @Override
    public Map<String, Layout> parameters() {
        return weightAndBias(Layout.same(channels), Layout.same(channels));
    }

    @Override
    BatchNormalization implementation(NeuralNetConfiguration configuration, DataType type) {
        return new BatchNormalization(configuration, type, channels);
    }
}
