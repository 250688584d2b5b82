package dev.vaelab.experiment.check;

import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.LayerConfig;
import dev.vaelab.api.experiment.ModelConfig;
import dev.vaelab.api.experiment.ModelConfig.Activation;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.ModelSize;
import dev.vaelab.api.network.Layer.Activation.Function;
import dev.vaelab.api.network.NetworkBuilder;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.tensor.Window;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The networks that the {@code model} part of an experiment describes, for images of a shape. */
final class Networks {
    private static final String ENCODER = "model.encoder";
    private static final String DECODER = "model.decoder";
    private static final String FLATTEN = "flatten";
    private static final String BATCH_NORMALIZATION = "batch-normalization";
    private static final String CONVOLUTION = "convolution";
    private static final String TRANSPOSED_CONVOLUTION = "transposedConvolution";
    private static final String LINEAR = "linear";
    private static final String RESHAPE = "reshape";
    private static final String KERNEL = "kernel";
    private static final String STRIDE = "stride";
    private static final String PADDING = "padding";
    private static final String OUTPUT_PADDING = "outputPadding";

    /** More values than an array holds: what cannot be counted is too large in any case. */
    private static final ModelSize BEYOND =
            new ModelSize(BigInteger.TWO.pow(Long.SIZE), BigInteger.TWO.pow(Long.SIZE), BigInteger.TWO.pow(Long.SIZE));

    private final List<Problem> problems = new ArrayList<>();

    private Networks() {}

    /** The architecture of networks with which nothing is wrong. */
    static Architecture of(ModelConfig model, ImageShape image) {
        if (model.listed()) {
            Networks networks = new Networks();
            return new Architecture(
                    image, model.latent(), networks.encoder(model, image), networks.decoder(model, image), List.of());
        }
        return switch (model.network()) {
            case CONVOLUTIONAL ->
                Architecture.convolutional(
                        image, model.channels(), model.hidden().first(), model.latent());
            case MLP ->
                Architecture.mlp(
                        image, model.hidden().values(), model.activation().function(), model.latent());
        };
    }

    /** What is wrong with listed layers, or too large; places are keys. */
    static List<Problem> problems(ModelConfig model, ImageShape image) {
        Networks networks = new Networks();
        try {
            if (model.listed()) {
                networks.encoder(model, image);
                networks.decoder(model, image);
            } else {
                of(model, image);
            }
        } catch (ArithmeticException e) {
            networks.problems.add(tooLarge("more values than can be counted"));
        }
        if (networks.problems.isEmpty()) {
            ModelSize size = size(model, image);
            if (!size.fitsArrays()) {
                networks.problems.add(tooLarge("a tensor of " + size.largest() + " values"));
            }
        }
        return networks.problems;
    }

    private static Problem tooLarge(String found) {
        return Problem.of("model", found, "at most " + ModelSize.LARGEST_ARRAY + ", which is as long as arrays are");
    }

    /** How many values there are; too many where the layers do not fit each other. */
    static ModelSize size(ModelConfig model, ImageShape image) {
        if (model.network() == ModelConfig.Network.CONVOLUTIONAL) {
            return ModelSize.of(image, model.channels(), model.hidden().first(), model.latent());
        }
        try {
            Architecture architecture = of(model, image);
            return ModelSize.of(List.of(architecture.encoder(), architecture.decoder()));
        } catch (ArithmeticException | IllegalArgumentException e) {
            return model.listed() && !(e instanceof ArithmeticException)
                    ? new ModelSize(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO)
                    : BEYOND;
        }
    }

    private NetworkSpecification encoder(ModelConfig model, ImageShape image) {
        NetworkBuilder builder =
                new NetworkBuilder("encoder.", List.of(image.channels(), image.height(), image.width()));
        boolean fits = addAll(builder, ENCODER, model.encoder());
        if (fits && builder.features().size() > 1) {
            // The linear layers of mean and log-variance read values, as everybody expects.
            builder.flatten();
        }
        return builder.head("mean", model.latent())
                .head("log_variance", model.latent())
                .build();
    }

    private NetworkSpecification decoder(ModelConfig model, ImageShape image) {
        List<Integer> pixels = List.of(image.channels(), image.height(), image.width());
        NetworkBuilder builder = new NetworkBuilder("decoder.", List.of(model.latent()));
        if (addAll(builder, DECODER, model.decoder()) && !builder.features().equals(pixels)) {
            if (builder.features().size() == 1 && builder.size() == image.size()) {
                builder.reshape(pixels);
            } else {
                problems.add(Problem.of(
                        DECODER, "logits of the shape " + builder.features(), pixels + ", the shape of the images"));
            }
        }
        return builder.build();
    }

    /** Adds layers up to the first that does not fit; returns whether all do. */
    private boolean addAll(NetworkBuilder builder, String key, List<LayerConfig> layers) {
        for (int index = 0; index < layers.size(); index++) {
            String place = key + "[" + index + "]";
            int before = problems.size();
            try {
                add(builder, place, layers.get(index));
            } catch (IllegalArgumentException e) {
                problems.add(Problem.of(
                        place,
                        layers.get(index).name() + " behind features of the shape " + builder.features(),
                        e.getMessage()));
            }
            if (problems.size() > before) {
                return false;
            }
        }
        return true;
    }

    private void add(NetworkBuilder builder, String place, LayerConfig layer) {
        switch (layer.name()) {
            case FLATTEN -> builder.flatten();
            case BATCH_NORMALIZATION -> builder.batchNormalization();
            case CONVOLUTION -> {
                LayerKeys keys = keys(place, layer, KERNEL, STRIDE, PADDING);
                int out = keys.positive(CONVOLUTION);
                Window window = window(keys);
                if (keys.sound()) {
                    builder.convolution(out, window);
                }
            }
            case TRANSPOSED_CONVOLUTION -> {
                LayerKeys keys = keys(place, layer, KERNEL, STRIDE, PADDING, OUTPUT_PADDING);
                int out = keys.positive(TRANSPOSED_CONVOLUTION);
                Window window = window(keys);
                int outputPadding = keys.number(OUTPUT_PADDING, 0, 0);
                if (keys.sound()) {
                    builder.transposedConvolution(out, window, outputPadding);
                }
            }
            case LINEAR -> {
                LayerKeys keys = keys(place, layer);
                int out = keys.positive(LINEAR);
                if (keys.sound()) {
                    builder.linear(out);
                }
            }
            case RESHAPE -> {
                LayerKeys keys = keys(place, layer);
                List<Integer> shape = keys.shape(RESHAPE);
                if (keys.sound()) {
                    builder.reshape(shape);
                }
            }
            default ->
                activation(layer.name())
                        .filter(function -> layer.keys().isEmpty())
                        .findFirst()
                        .ifPresentOrElse(builder::activation, () -> problems.add(unknown(place, layer)));
        }
    }

    private LayerKeys keys(String place, LayerConfig layer, String... more) {
        return new LayerKeys(place, layer, Set.of(more), problems);
    }

    /** The kernel is required; stride and padding are PyTorch's defaults. */
    private static Window window(LayerKeys keys) {
        int kernel = keys.positive(KERNEL);
        return new Window(Math.max(1, kernel), Math.max(1, keys.number(STRIDE, 1, 1)), keys.number(PADDING, 0, 0));
    }

    private static Stream<Function> activation(String name) {
        return Arrays.stream(Activation.values())
                .filter(activation -> activation.toString().equals(name))
                .map(Activation::function);
    }

    private static Problem unknown(String place, LayerConfig layer) {
        String functions =
                Arrays.stream(Activation.values()).map(Activation::toString).collect(Collectors.joining(", "));
        return Problem.of(
                place,
                layer.name().isEmpty() ? "an object without keys" : "a layer \"" + layer.name() + "\"",
                "one of " + functions + ", " + FLATTEN + ", " + BATCH_NORMALIZATION
                        + ", or an object that begins with one of " + CONVOLUTION + ", " + TRANSPOSED_CONVOLUTION + ", "
                        + LINEAR + ", " + RESHAPE);
    }
}
