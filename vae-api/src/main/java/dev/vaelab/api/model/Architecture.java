package dev.vaelab.api.model;

import dev.vaelab.api.network.Layer.Activation.Function;
import dev.vaelab.api.network.NetworkBuilder;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.tensor.Window;
import java.util.List;
import java.util.stream.Stream;

/**
 * The networks of a variational autoencoder and the tensors of its other parts: all that decides which tensors it has.
 *
 * <p>A conditional one (K. Sohn, H. Lee and X. Yan, <em>Learning structured output representation using deep conditional generative
 * models</em>, 2015) knows the label of each image as a row of so many numbers as there are classes: 1 for its class, 0 for all
 * others. Its encoder gives q(z|x, y) and takes the image and that row, as {@link #encoderInput} says. Its decoder gives p(x|z, y)
 * and takes the latents, then the row. Everything else, names of tensors too, is as without labels.
 *
 * @param image shape of one image
 * @param latent dimensions of the latent space
 * @param classes of a conditional model, at least two; 0 for one that knows no labels
 * @param encoder from an image to the means and log-variances of its posterior: two outputs of {@code [latent]}
 * @param decoder from latents to logits: one output of the shape of the image
 * @param parts tensors of likelihood, prior and other parts, under their canonical names; none in the recipe
 */
public record Architecture(
        ImageShape image,
        int latent,
        int classes,
        NetworkSpecification encoder,
        NetworkSpecification decoder,
        List<TensorSpecification> parts) {
    /** The recipe's convolutions: kernel 4, stride 2, padding 1; each halves height and width. */
    public static final Window HALVING = new Window(4, 2, 1);

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if a network does not begin or end with what it has to
     */
    public Architecture {
        parts = List.copyOf(parts);
        List<Integer> pixels = List.of(image.channels(), image.height(), image.width());
        List<Integer> latents = List.of(latent);
        if (classes < 0 || classes == 1) {
            throw new IllegalArgumentException("a conditional model has at least two classes, found " + classes);
        }
        boolean values = encoder.input().size() == 1 && classes > 0;
        require("the encoder takes images", encoder.input(), encoderInput(image, classes, values));
        require("the encoder gives means and log-variances", encoder.outputs(), List.of(latents, latents));
        require("the decoder takes latents", decoder.input(), decoderInput(latent, classes));
        require("the decoder gives logits", decoder.outputs(), List.of(pixels));
    }

    /** One that knows no labels. */
    public Architecture(
            ImageShape image,
            int latent,
            NetworkSpecification encoder,
            NetworkSpecification decoder,
            List<TensorSpecification> parts) {
        this(image, latent, 0, encoder, decoder, parts);
    }

    /**
     * What goes into an encoder for one image. Without classes the image; with them the image with a plane for each class behind its
     * channels, all of whose values are the number of the class in the row of the label; or, where values go in, the values of the
     * image and then that row.
     *
     * @param classes of a conditional model, or 0
     * @param values whether the first layer of a conditional encoder takes values and not channels
     */
    public static List<Integer> encoderInput(ImageShape image, int classes, boolean values) {
        return values
                ? List.of(Math.addExact(image.size(), classes))
                : List.of(Math.addExact(image.channels(), classes), image.height(), image.width());
    }

    /**
     * What goes into a decoder for one image: the latents, and then the row of the label.
     *
     * @param classes of a conditional model, or 0
     */
    public static List<Integer> decoderInput(int latent, int classes) {
        return List.of(Math.addExact(latent, classes));
    }

    /** Whether it knows the labels of images. */
    public boolean conditional() {
        return classes > 0;
    }

    /**
     * Goes on only if a conditional model has a class for each label.
     *
     * @throws IllegalArgumentException if not
     */
    public void requireLabels(int... labels) {
        for (int label : labels) {
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException(
                        "the labels of the model go from 0 to " + (classes - 1) + ", found " + label);
            }
        }
    }

    private static void require(String what, Object found, Object expected) {
        if (!found.equals(expected)) {
            throw new IllegalArgumentException(what + " of " + expected + ", found " + found);
        }
    }

    /**
     * The recipe's kind, with these sizes; see {@link #convolutional}.
     *
     * @throws IllegalArgumentException if a size is not positive, the convolutions do not halve the image evenly, or a tensor
     *     would have more values than an array holds
     */
    public Architecture(ImageShape image, List<Integer> channels, int hidden, int latent) {
        this(image, channels, hidden, latent, 0);
    }

    private Architecture(ImageShape image, List<Integer> channels, int hidden, int latent, int classes) {
        this(
                image,
                latent,
                classes,
                convolutionalEncoder(image, channels, hidden, latent, classes),
                convolutionalDecoder(image, channels, hidden, latent, classes),
                List.of());
    }

    /**
     * A convolutional one. The encoder halves height and width with each convolution, each followed by batch normalization and
     * ReLU; then a linear layer with ReLU, and a linear layer each for mean and log-variance. The decoder mirrors it with
     * transposed convolutions; its last one has neither batch normalization nor ReLU and gives logits.
     *
     * @param image shape of one image
     * @param channels output channels of each convolution, first to last, at least one
     * @param hidden width of the linear layers between the convolutions and the latent space
     * @param latent dimensions of the latent space
     * @throws IllegalArgumentException if a size is not positive or the convolutions do not halve the image evenly
     */
    public static Architecture convolutional(ImageShape image, List<Integer> channels, int hidden, int latent) {
        return convolutional(image, channels, hidden, latent, 0);
    }

    /**
     * The same, conditional.
     *
     * @param classes how many; 0 for one that knows no labels
     */
    public static Architecture convolutional(
            ImageShape image, List<Integer> channels, int hidden, int latent, int classes) {
        return new Architecture(image, channels, hidden, latent, classes);
    }

    /**
     * One of linear layers alone (Kingma and Welling 2014, appendix C; Burda et al. 2016, section 5).
     *
     * @param image shape of one image
     * @param hidden widths of the encoder's linear layers, first to last; the decoder has them in the reverse order
     * @param activation behind each of them
     * @param latent dimensions of the latent space
     */
    public static Architecture mlp(ImageShape image, List<Integer> hidden, Function activation, int latent) {
        return mlp(image, hidden, activation, latent, 0);
    }

    /**
     * The same, conditional.
     *
     * @param classes how many; 0 for one that knows no labels
     */
    public static Architecture mlp(
            ImageShape image, List<Integer> hidden, Function activation, int latent, int classes) {
        List<Integer> pixels = List.of(image.channels(), image.height(), image.width());
        NetworkBuilder encoder = classes == 0
                ? new NetworkBuilder("encoder.", pixels).flatten()
                : new NetworkBuilder("encoder.", encoderInput(image, classes, true));
        NetworkBuilder decoder = new NetworkBuilder("decoder.", decoderInput(latent, classes));
        for (int layer = 0; layer < hidden.size(); layer++) {
            encoder.linear(hidden.get(layer)).activation(activation);
            decoder.linear(hidden.get(hidden.size() - 1 - layer)).activation(activation);
        }
        return new Architecture(
                image,
                latent,
                classes,
                encoder.head("mean", latent).head("log_variance", latent).build(),
                decoder.linear(image.size()).reshape(pixels).build(),
                List.of());
    }

    private static NetworkSpecification convolutionalEncoder(
            ImageShape image, List<Integer> channels, int hidden, int latent, int classes) {
        requireSizes(image, channels, hidden, latent, classes);
        NetworkBuilder encoder = new NetworkBuilder("encoder.", encoderInput(image, classes, false));
        for (int out : channels) {
            encoder.convolution(out, HALVING).batchNormalization().activation(Function.RELU);
        }
        return encoder.flatten()
                .linear(hidden)
                .activation(Function.RELU)
                .head("mean", latent)
                .head("log_variance", latent)
                .build();
    }

    private static NetworkSpecification convolutionalDecoder(
            ImageShape image, List<Integer> channels, int hidden, int latent, int classes) {
        int convolutions = channels.size();
        int divisor = divisor(convolutions);
        List<Integer> features =
                List.of(channels.get(convolutions - 1), image.height() / divisor, image.width() / divisor);
        NetworkBuilder decoder = new NetworkBuilder("decoder.", decoderInput(latent, classes))
                .linear(hidden)
                .activation(Function.RELU)
                .linear(Math.multiplyExact(features.get(0), features.get(1) * features.get(2)))
                .activation(Function.RELU)
                .reshape(features);
        for (int mirrored = convolutions - 1; mirrored > 0; mirrored--) {
            decoder.transposedConvolution(channels.get(mirrored - 1), HALVING, 0)
                    .batchNormalization()
                    .activation(Function.RELU);
        }
        return decoder.transposedConvolution(image.channels(), HALVING, 0).build();
    }

    private static void requireSizes(ImageShape image, List<Integer> channels, int hidden, int latent, int classes) {
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
        ModelSize size = ModelSize.of(image, channels, hidden, latent, classes);
        if (!size.fitsArrays()) {
            throw new IllegalArgumentException("a tensor of the model would have " + size.largest()
                    + " values, an array holds at most " + ModelSize.LARGEST_ARRAY);
        }
    }

    /** Whether as many of the recipe's convolutions halve such an image without a remainder. */
    public static boolean fits(ImageShape image, int convolutions) {
        if (convolutions > 30) {
            return false;
        }
        int divisor = divisor(convolutions);
        return image.height() % divisor == 0 && image.width() % divisor == 0;
    }

    /** What height and width must be divisible by for as many of the recipe's convolutions, at most 30. */
    public static int divisor(int convolutions) {
        return 1 << convolutions;
    }

    /**
     * The fewest images that a training step takes: two where a batch normalization sees one value of a channel for each image,
     * else one. It needs two of each channel, as the unbiased variance of one is 0/0.
     */
    public int smallestBatch() {
        return Stream.of(encoder, decoder)
                        .anyMatch(network -> network.fewestNormalized().orElse(2) < 2)
                ? 2
                : 1;
    }

    /** The same networks beside other parts. */
    public Architecture withParts(List<TensorSpecification> others) {
        return new Architecture(image, latent, classes, encoder, decoder, others);
    }

    /** Every tensor of the model in canonical order: encoder first, input to output, then decoder, then parts. */
    public List<TensorSpecification> tensors() {
        return Stream.of(encoder.tensors(), decoder.tensors(), parts)
                .flatMap(List::stream)
                .toList();
    }

    /** The tensors that the optimizer changes, in canonical order. */
    public List<TensorSpecification> trainableTensors() {
        return tensors().stream().filter(tensor -> tensor.role().trainable()).toList();
    }
}
