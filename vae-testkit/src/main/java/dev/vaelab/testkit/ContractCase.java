package dev.vaelab.testkit;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.InitialWeights;
import dev.vaelab.api.network.Layer.Activation.Function;
import dev.vaelab.api.network.NetworkBuilder;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.TensorSpecification;
import dev.vaelab.api.tensor.Window;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.training.model.ModelRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * One model and the data to try it on, the same in every run.
 *
 * @param architecture sizes of the model
 * @param count images of each batch
 * @param vectors of noise that the loss takes for each image
 */
record ContractCase(Architecture architecture, int count, int vectors) {
    /** With one vector of noise for each image. */
    ContractCase(Architecture architecture, int count) {
        this(architecture, count, 1);
    }

    private static final RandomStreams STREAMS = new RandomStreams(20_240_117);

    /** A model on which everything runs in milliseconds. */
    static final ContractCase TINY = of(new ImageShape(1, 8, 8), List.of(3, 4), 8, 2, 5);

    /** The model of the recipe with its batch size. */
    static final ContractCase RECIPE = of(new ImageShape(1, 28, 28), List.of(32, 64), 256, 20, 128);

    /** A small model on images that are large: what is left behind shows. */
    static final ContractCase WIDE = of(new ImageShape(1, 64, 64), List.of(1, 2), 4, 2, 64);

    /**
     * One to four convolutions, latent sizes small and large, images grey and not square; and the corners: features of one
     * pixel, one image, one channel, one latent dimension, one hidden unit.
     */
    static Stream<ContractCase> grey() {
        return Stream.of(
                TINY,
                of(new ImageShape(1, 6, 10), List.of(5), 7, 3, 4),
                of(new ImageShape(1, 16, 8), List.of(3, 4, 6), 10, 64, 3),
                of(new ImageShape(1, 16, 16), List.of(4, 4), 6, 6, 1),
                of(new ImageShape(1, 2, 6), List.of(1), 1, 1, 1),
                of(new ImageShape(1, 2, 2), List.of(2), 3, 1, 5),
                of(new ImageShape(1, 8, 8), List.of(3, 2, 4), 6, 1, 6),
                of(new ImageShape(1, 16, 16), List.of(6, 6, 6, 6), 4, 1, 12));
    }

    /** A grey and a coloured one: enough for parts that see no layer. */
    static Stream<ContractCase> some() {
        return Stream.of(TINY, of(new ImageShape(3, 8, 12), List.of(4, 6), 9, 5, 6));
    }

    /** Images of three channels. */
    static Stream<ContractCase> colour() {
        return Stream.of(
                of(new ImageShape(3, 8, 12), List.of(4, 6), 9, 5, 6),
                of(new ImageShape(3, 4, 4), List.of(2), 3, 2, 2),
                of(new ImageShape(3, 2, 2), List.of(3), 4, 1, 5));
    }

    private static ContractCase of(ImageShape image, List<Integer> channels, int hidden, int latent, int count) {
        return new ContractCase(new Architecture(image, channels, hidden, latent), count);
    }

    /** Networks that are no convolutional halvings: linear layers, odd windows, every activation, normalized linear layers. */
    static Stream<ContractCase> networks() {
        ImageShape small = new ImageShape(1, 3, 5);
        Stream<ContractCase> linear = Arrays.stream(Function.values())
                .map(function -> new ContractCase(Architecture.mlp(small, List.of(7, 4), function, 3), 6));
        NetworkSpecification encoder = new NetworkBuilder("encoder.", List.of(2, 7, 11))
                .convolution(4, new Window(3, 2, 1))
                .batchNormalization()
                .activation(Function.LEAKY_RELU)
                .convolution(3, new Window(2, 1, 0))
                .activation(Function.TANH)
                .flatten()
                .linear(6)
                .batchNormalization()
                .activation(Function.ELU)
                .head("mean", 2)
                .head("log_variance", 2)
                .build();
        NetworkSpecification decoder = new NetworkBuilder("decoder.", List.of(2))
                .linear(18)
                .activation(Function.SOFTPLUS)
                .reshape(List.of(3, 2, 3))
                .transposedConvolution(4, new Window(3, 2, 1), 1)
                .batchNormalization()
                .activation(Function.RELU)
                .transposedConvolution(3, new Window(1, 1, 0), 0)
                .transposedConvolution(2, new Window(3, 2, 1), 0)
                .convolution(2, new Window(3, 1, 1))
                .transposedConvolution(2, new Window(1, 1, 0), 0)
                .build();
        ImageShape image = new ImageShape(2, 7, 11);
        NetworkSpecification wide = new NetworkBuilder("encoder.", List.of(2, 7, 11))
                .convolution(5, new Window(5, 3, 2))
                .flatten()
                .linear(8)
                .head("mean", 2)
                .head("log_variance", 2)
                .build();
        return Stream.concat(
                linear,
                Stream.of(encoder, wide)
                        .map(network -> new ContractCase(new Architecture(image, 2, network, decoder, List.of()), 4)));
    }

    /** Networks that know the labels of images: as planes behind channels that are convolved, and as a row behind values. */
    static Stream<ContractCase> conditional() {
        return Stream.of(
                new ContractCase(Architecture.convolutional(new ImageShape(1, 8, 8), List.of(3, 4), 8, 2, 4), 5),
                new ContractCase(Architecture.mlp(new ImageShape(2, 3, 5), List.of(7, 4), Function.TANH, 3, 4), 6));
    }

    /** The same model with batches of another size. */
    ContractCase ofBatch(int images) {
        return new ContractCase(architecture, images, vectors);
    }

    /** The same model with another architecture. */
    ContractCase ofArchitecture(Architecture other) {
        return new ContractCase(other, count, vectors);
    }

    /** The same model with a loss that takes so many vectors of noise for each image. */
    ContractCase ofVectors(int each) {
        return new ContractCase(architecture, count, each);
    }

    /** What a backend is asked to make in most tests: the recipe's model and optimizer. */
    ModelRequest request() {
        return ModelRequest.of(architecture, weights());
    }

    /** The same with another optimizer. */
    ModelRequest request(OptimizerSettings optimizer) {
        return request().withOptimizer(optimizer);
    }

    /**
     * Weights as they might be in the middle of a training: at the initial ones, batch normalization has scale 1 and
     * shift 0 and running statistics that say nothing, which hides mistakes.
     */
    NamedTensors weights() {
        NamedTensors initial = InitialWeights.draw(architecture, STREAMS);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int index = 0;
        for (TensorSpecification specification : architecture.tensors()) {
            float[] values = initial.values(specification.name()).clone();
            UniformRandomProvider random = STREAMS.open(Purpose.SHUFFLE, index);
            switch (specification.role()) {
                case UNIFORM, ABSORBED, NORMAL -> {}
                case SCALE, RUNNING_VARIANCE -> shift(values, random, -0.5f, 1);
                case SHIFT, RUNNING_MEAN, ZERO -> shift(values, random, -0.5f, 0.5f);
            }
            tensors.put(specification.name(), new Tensor(specification.shape(), values));
            index++;
        }
        return new NamedTensors(tensors);
    }

    private static void shift(float[] values, UniformRandomProvider random, float least, float most) {
        for (int index = 0; index < values.length; index++) {
            values[index] += random.nextFloat(least, most);
        }
    }

    /**
     * A batch of sparse images, such as digits are: four pixels of five are black, some of the others white.
     *
     * @param number which batch; each has images and noise of its own
     */
    Batch batch(int number) {
        UniformRandomProvider random = STREAMS.open(Purpose.SPLIT, number);
        float[] pixels = new float[count * architecture.image().size()];
        for (int index = 0; index < pixels.length; index++) {
            pixels[index] = random.nextFloat() < 0.8f ? 0 : Math.min(1, 1.5f * random.nextFloat());
        }
        float[] noise = STREAMS.gaussian(count * vectors * architecture.latent(), Purpose.TRAINING_NOISE, number);
        int[] labels = IntStream.range(0, architecture.conditional() ? count : 0)
                .map(image -> (number + image) % architecture.classes())
                .toArray();
        return new Batch(count, pixels, noise, labels);
    }

    /** For example {@code 1x28x28 12 layers latent 20 batch 128}. */
    @Override
    public String toString() {
        int layers = architecture.encoder().layers().size()
                + architecture.decoder().layers().size();
        return architecture.image() + " " + layers + " layers latent " + architecture.latent() + " batch " + count;
    }
}
