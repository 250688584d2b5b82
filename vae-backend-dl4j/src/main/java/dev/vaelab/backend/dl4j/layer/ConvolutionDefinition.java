package dev.vaelab.backend.dl4j.layer;

import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A convolution that halves height and width: kernel 4, stride 2, padding 1. Batch normalization follows; it absorbs the
 * bias, whose gradient then is exactly zero.
 */
public final class ConvolutionDefinition extends LayerDefinition {
    private static final long serialVersionUID = 1L;

    private final long in;
    private final long out;
    private final boolean first;

    /**
     * Defines the layer.
     *
     * @param in channels of its input
     * @param out channels of its output
     * @param first whether its input is that of the network, whose gradient is computed when somebody asks for it
     */
    public ConvolutionDefinition(long in, long out, boolean first) {
        this.in = in;
        this.out = out;
        this.first = first;
    }

    @Override
    public Map<String, Layout> parameters() {
        return weightAndBias(new Layout(new long[] {out, in, 4, 4}, new int[] {2, 3, 1, 0}), Layout.same(out));
    }

    @Override
    Convolution implementation(NeuralNetConfiguration configuration, DataType type) {
        return new Convolution(configuration, type);
    }

    long in() {
        return in;
    }

    long out() {
        return out;
    }

    boolean first() {
        return first;
    }
}
