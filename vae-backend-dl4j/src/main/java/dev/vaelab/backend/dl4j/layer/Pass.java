package dev.vaelab.backend.dl4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The arrays and operations of a layer for one input array. What the methods return is overwritten by the next call. */
interface Pass extends AutoCloseable {
    /** Computes the layer's output from its input. */
    INDArray forward(boolean training);

    /**
     * Fills the gradients of the layer's parameters, after a forward pass in training.
     *
     * @param outGradient the gradient by the layer's output
     * @return the gradient by the layer's input; null if that is the input of the network
     */
    INDArray backward(INDArray outGradient);

    /** The gradient by the layer's input, after {@link #backward}. */
    INDArray inputGradient();

    @Override
    void close();
}
