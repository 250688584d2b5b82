package dev.vaelab.backend.dl4j.layer;

import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;

/** A transposed convolution that doubles height and width: kernel 4, stride 2, padding 1. */
public final class TransposedConvolutionDefinition extends LayerDefinition {
    private static final long serialVersionUID = 1L;

    private final long in;
    private final long out;
    private final boolean normalized;

    /**
     * Defines the layer.
     *
     * @param in channels of its input
     * @param out channels of its output
     * @param normalized whether batch normalization follows; it absorbs the bias, whose gradient then is exactly zero
     */
    public TransposedConvolutionDefinition(long in, long out, boolean normalized) {
        this.in = in;
        this.out = out;
        this.normalized = normalized;
    }

    @Override
    public Map<String, Layout> parameters() {
        return weightAndBias(new Layout(new long[] {in, out, 4, 4}, new int[] {2, 3, 1, 0}), Layout.same(out));
    }

    @Override
    TransposedConvolution implementation(NeuralNetConfiguration configuration, DataType type) {
        return new TransposedConvolution(configuration, type);
    }

    long in() {
        return in;
    }

    long out() {
        return out;
    }

    boolean normalized() {
        return normalized;
    }
}
