package dev.vaelab.backend.dl4j.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;

/** A layer whose output batch normalization may follow, which it then does itself in evaluation. */
public abstract class NormalizedLayer extends ModelLayer {
    private static final long serialVersionUID = 1L;

    private BatchNormalization normalization;

    NormalizedLayer(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    /** Names the normalization that follows, before the first pass. */
    public final void setNormalization(BatchNormalization following) {
        normalization = following;
    }

    /** The normalization that follows. */
    final BatchNormalization normalization() {
        return normalization;
    }
}
