package dev.vaelab.backend.dl4j.layer;

import dev.vaelab.backend.dl4j.operation.Arrays;
import dev.vaelab.backend.dl4j.operation.Operation;
import dev.vaelab.backend.dl4j.operation.Operations;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weight and the bias of a convolution with the batch normalization behind it multiplied in: in evaluation, where its
 * statistics do not depend on the batch, it needs no pass over the images of its own.
 */
final class FoldedNormalization implements AutoCloseable {
    private final BatchNormalization normalization;
    private final INDArray originalBias;
    private final INDArray factors;
    private final INDArray weight;
    private final INDArray bias;
    private final Operation multiply;

    /**
     * Prepares the fold.
     *
     * @param weight of the convolution
     * @param channelAxis the weight's axis of output channels
     */
    FoldedNormalization(BatchNormalization normalization, INDArray weight, INDArray bias, int channelAxis) {
        this.normalization = normalization;
        originalBias = bias;
        factors = Arrays.uninitialized(bias.shape());
        this.weight = Arrays.uninitialized(weight.shape());
        this.bias = Arrays.uninitialized(bias.shape());
        long[] besideOthers = new long[weight.rank() - channelAxis];
        java.util.Arrays.fill(besideOthers, 1);
        besideOthers[0] = bias.length();
        multiply = Operations.product(weight, factors.reshape(besideOthers), this.weight);
    }

    /** Multiplies anew, since weights and statistics may have changed. */
    void run() {
        normalization.fold(originalBias, factors, bias);
        multiply.run();
    }

    /** The weight to convolve with. */
    INDArray weight() {
        return weight;
    }

    /** The bias to add then. */
    INDArray bias() {
        return bias;
    }

    @Override
    public void close() {
        List.of(factors, weight, bias).forEach(INDArray::close);
    }
}
