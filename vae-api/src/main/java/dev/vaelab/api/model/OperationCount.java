package dev.vaelab.api.model;

/**
 * How many floating-point operations a model takes for one image: multiplications and additions of its convolutions and
 * linear layers, two for each pair of a weight and a value that it is multiplied with.
 *
 * <p>That is 2 * in * out for a linear layer and, for a convolution, 2 * in * out * kernel^2 for each position of the kernel: the
 * output of a convolution, the input of a transposed one. Positions in the padding count like others. Biases, normalization,
 * activations, loss and optimizer are left out, as is usual: they are a few operations for each value, and not for each weight.
 *
 * @param encoder forward pass of the encoder
 * @param decoder forward pass of the decoder for one latent
 * @param firstLayer forward pass of the encoder's first layer with a weight, a part of {@code encoder}
 * @param samples latents that the loss draws for each image, each of which is decoded
 */
public record OperationCount(long encoder, long decoder, long firstLayer, int samples) {
    /**
     * Counts the operations of a model.
     *
     * @param samples latents that its loss draws for each image
     */
    public static OperationCount of(Architecture architecture, int samples) {
        return new OperationCount(
                architecture.encoder().operations(),
                architecture.decoder().operations(),
                architecture.encoder().firstOperations(),
                samples);
    }

    /** Of an evaluation, which is a forward pass through the encoder, and one through the decoder for each latent. */
    public long evaluation() {
        return encoder + samples * decoder;
    }

    /**
     * Of a training step: the forward pass, and in the backward pass as many again for the gradient by the weights and by
     * the input of each layer. Only the gradient by the input of the first layer, which is the image, is not needed.
     */
    public long training() {
        return 3 * evaluation() - firstLayer;
    }
}
