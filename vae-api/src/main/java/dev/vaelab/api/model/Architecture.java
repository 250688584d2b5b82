package dev.vaelab.api.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The sizes of a convolutional variational autoencoder, and the tensors that follow from them.
 *
 * <p>The encoder halves height and width with each convolution (kernel 4, stride 2, padding 1), each followed by batch
 * normalization and ReLU; then a linear layer with ReLU, and a linear layer each for mean and log-variance. The decoder
 * mirrors it with transposed convolutions; its last one has neither batch normalization nor ReLU and gives logits.
 *
 * @param image shape of one image
 * @param channels output channels of each convolution, first to last, at least one
 * @param hidden width of the linear layers between the convolutions and the latent space
 * @param latent dimensions of the latent space
 */
public record Architecture(ImageShape image, List<Integer> channels, int hidden, int latent) {
    /** Rows and columns of every convolution kernel. */
    public static final int KERNEL = 4;

    /** Step of every convolution: each halves height and width. */
    public static final int STRIDE = 2;

    /** Rows and columns of zeros around the input of every convolution. */
    public static final int PADDING = 1;

    /** Added to the variance in every batch normalization. */
    public static final double BATCH_NORM_EPSILON = 1e-5;

    /** Share of the new batch in the running statistics of every batch normalization. */
    public static final double BATCH_NORM_MOMENTUM = 0.1;

    /**
     * Copies the channels.
     *
     * @throws IllegalArgumentException if a size is not positive, the convolutions do not halve the image evenly, or a tensor
     *     would have more values than an array holds
     */
    public Architecture {
        channels = List.copyOf(channels);
        if (channels.isEmpty() || channels.stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("channels need at least one positive entry, found " + channels);
        }
        if (hidden < 1 || latent < 1) {
            throw new IllegalArgumentException(
                    "hidden and latent need to be positive, found hidden " + hidden + " and latent " + latent);
        }
        if (!fits(image, channels.size())) {
            throw new IllegalArgumentException(channels.size() + " convolutions of stride 2 need a height and width"
                    + " divisible by " + divisor(channels.size()) + ", found an image of " + image);
        }
        ModelSize size = ModelSize.of(image, channels, hidden, latent);
        if (!size.fitsArrays()) {
            throw new IllegalArgumentException("a tensor of the model would have " + size.largest()
                    + " values, an array holds at most " + ModelSize.LARGEST_ARRAY);
        }
    }

    /** Whether as many convolutions halve such an image without a remainder. */
    public static boolean fits(ImageShape image, int convolutions) {
        if (convolutions > 30) {
            return false;
        }
        int divisor = divisor(convolutions);
        return image.height() % divisor == 0 && image.width() % divisor == 0;
    }

    /** What height and width must be divisible by for as many convolutions, at most 30. */
    public static int divisor(int convolutions) {
        return 1 << convolutions;
    }

    /**
     * The fewest images that a training step takes: two where the last convolution leaves one pixel, else one. Batch
     * normalization needs two values of each channel, as the unbiased variance of one is 0/0.
     */
    public int smallestBatch() {
        ImageShape features = features();
        return features.height() * features.width() < 2 ? 2 : 1;
    }

    /** Number of convolutions of the encoder and of transposed convolutions of the decoder. */
    public int convolutions() {
        return channels.size();
    }

    /** Channels that go into convolution {@code index} (0 is the first): the image's, or the previous layer's. */
    public int channelsInto(int index) {
        return index == 0 ? image.channels() : channels.get(index - 1);
    }

    /** Shape of the encoder's features after the last convolution, which the decoder's reshape restores. */
    public ImageShape features() {
        int divisor = divisor(convolutions());
        return new ImageShape(channels.get(convolutions() - 1), image.height() / divisor, image.width() / divisor);
    }

    /** Every tensor of the model in canonical order: encoder first, input to output. */
    public List<TensorSpecification> tensors() {
        List<TensorSpecification> tensors = new ArrayList<>();
        int area = KERNEL * KERNEL;
        for (int layer = 1; layer <= convolutions(); layer++) {
            int in = channelsInto(layer - 1);
            int out = channels.get(layer - 1);
            List<Integer> kernel = List.of(out, in, KERNEL, KERNEL);
            addAffine(tensors, "encoder.conv" + layer, kernel, out, in * area, TensorRole.ABSORBED);
            addBatchNorm(tensors, "encoder.bn" + layer, out);
        }
        int flat = features().size();
        addLinear(tensors, "encoder.fc", hidden, flat);
        addLinear(tensors, "encoder.mean", latent, hidden);
        addLinear(tensors, "encoder.log_variance", latent, hidden);
        addLinear(tensors, "decoder.fc1", hidden, latent);
        addLinear(tensors, "decoder.fc2", flat, hidden);
        for (int layer = 1; layer <= convolutions(); layer++) {
            int mirrored = convolutions() - layer;
            int in = channels.get(mirrored);
            int out = channelsInto(mirrored);
            List<Integer> kernel = List.of(in, out, KERNEL, KERNEL);
            boolean normalized = layer < convolutions();
            TensorRole bias = normalized ? TensorRole.ABSORBED : TensorRole.UNIFORM;
            addAffine(tensors, "decoder.deconv" + layer, kernel, out, out * area, bias);
            if (normalized) {
                addBatchNorm(tensors, "decoder.bn" + layer, out);
            }
        }
        return List.copyOf(tensors);
    }

    /** The tensors that the optimizer changes, in canonical order. */
    public List<TensorSpecification> trainableTensors() {
        return tensors().stream().filter(tensor -> tensor.role().trainable()).toList();
    }

    private static void addLinear(List<TensorSpecification> tensors, String layer, int out, int in) {
        addAffine(tensors, layer, List.of(out, in), out, in, TensorRole.UNIFORM);
    }

    private static void addAffine(
            List<TensorSpecification> tensors,
            String layer,
            List<Integer> weightShape,
            int outputs,
            int fanIn,
            TensorRole bias) {
        tensors.add(new TensorSpecification(layer + ".weight", weightShape, TensorRole.UNIFORM, fanIn));
        tensors.add(new TensorSpecification(layer + ".bias", List.of(outputs), bias, fanIn));
    }

    private static void addBatchNorm(List<TensorSpecification> tensors, String layer, int channels) {
        List<Integer> shape = List.of(channels);
        tensors.add(new TensorSpecification(layer + ".weight", shape, TensorRole.SCALE, 0));
        tensors.add(new TensorSpecification(layer + ".bias", shape, TensorRole.SHIFT, 0));
        tensors.add(new TensorSpecification(layer + ".running_mean", shape, TensorRole.RUNNING_MEAN, 0));
        tensors.add(new TensorSpecification(layer + ".running_var", shape, TensorRole.RUNNING_VARIANCE, 0));
    }
}
