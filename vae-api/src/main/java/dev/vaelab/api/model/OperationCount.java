package dev.vaelab.api.model;

/**
 * How many floating-point operations a model takes for one image: multiplications and additions of its convolutions and
 * linear layers, two for each pair of a weight and a value that it is multiplied with.
 *
 * <p>That is 2 * in * out for a linear layer and, for a convolution, 2 * in * out * {@link Architecture#KERNEL}^2 for each
 * position of its smaller side: the output of a convolution, the input of a transposed one. Positions in the padding count
 * like others. Biases, normalization, activations, loss and optimizer are left out, as is usual: they are a few operations
 * for each value, and not for each weight.
 *
 * @param encoder forward pass of the encoder
 * @param decoder forward pass of the decoder
 * @param firstLayer forward pass of the first convolution, a part of {@code encoder}
 */
public record OperationCount(long encoder, long decoder, long firstLayer) {
    private static final long MULTIPLY_AND_ADD = 2;

    /** Counts the operations of a model. */
    public static OperationCount of(Architecture architecture) {
        long firstLayer = convolution(architecture, 0);
        long convolutions = 0;
        for (int index = 0; index < architecture.convolutions(); index++) {
            convolutions += convolution(architecture, index);
        }
        long flat = architecture.features().size();
        long wide = linear(flat, architecture.hidden());
        long narrow = linear(architecture.hidden(), architecture.latent());
        long heads = 2 * narrow;
        return new OperationCount(convolutions + wide + heads, narrow + wide + convolutions, firstLayer);
    }

    /** The convolution of an index takes as many as the transposed convolution that mirrors it. */
    private static long convolution(Architecture architecture, int index) {
        long stride = Architecture.divisor(index + 1);
        long positions =
                architecture.image().height() / stride * (architecture.image().width() / stride);
        long kernel = (long) Architecture.KERNEL * Architecture.KERNEL;
        return MULTIPLY_AND_ADD
                * positions
                * kernel
                * architecture.channelsInto(index)
                * architecture.channels().get(index);
    }

    private static long linear(long in, long out) {
        return MULTIPLY_AND_ADD * in * out;
    }

    /** Of an evaluation, which is a forward pass through encoder and decoder. */
    public long evaluation() {
        return encoder + decoder;
    }

    /**
     * Of a training step: the forward pass, and in the backward pass as many again for the gradient by the weights and by
     * the input of each layer. Only the gradient by the input of the first layer, which is the image, is not needed.
     */
    public long training() {
        return 3 * evaluation() - firstLayer;
    }
}
