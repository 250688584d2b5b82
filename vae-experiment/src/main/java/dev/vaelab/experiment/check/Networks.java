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
import java.util.Optional;
import java.util.Set;

/** The networks that the {@code model} part of an experiment describes, for images of a shape. */
final class Networks {
    private static final String ENCODER = "model.encoder";
    private static final String DECODER = "model.decoder";

    /** More values than an array holds: what cannot be counted is too large in any case. */
    private static final ModelSize BEYOND =
            new ModelSize(BigInteger.TWO.pow(Long.SIZE), BigInteger.TWO.pow(Long.SIZE), BigInteger.TWO.pow(Long.SIZE));

    private static final String UNCOUNTED = "more values than can be counted";

    private static final ModelSize NOTHING = new ModelSize(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

    private final List<Problem> problems = new ArrayList<>();

    private Networks() {}

    /** The architecture of networks with which nothing is wrong. */
    static Architecture of(ModelConfig model, ModelledImages images) {
        return new Networks().architecture(model, images).orElseThrow();
    }

    /** The architecture; nothing if listed layers do not fit. */
    private Optional<Architecture> architecture(ModelConfig model, ModelledImages images) {
        ImageShape image = images.shape();
        int classes = images.classesOf(model);
        if (model.listed()) {
            Optional<NetworkSpecification> encoder = encoder(model, image, classes);
            Optional<NetworkSpecification> decoder = decoder(model, image, classes);
            return encoder.isEmpty() || decoder.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Architecture(image, model.latent(), classes, encoder.get(), decoder.get(), List.of()));
        }
        return Optional.of(
                switch (model.network()) {
                    case CONVOLUTIONAL ->
                        Architecture.convolutional(
                                image, model.channels(), model.hidden().first(), model.latent(), classes);
                    case MLP ->
                        Architecture.mlp(
                                image,
                                model.hidden().values(),
                                model.activation().function(),
                                model.latent(),
                                classes);
                });
    }

    /** What is wrong with listed layers, or too large; places are keys. */
    static List<Problem> problems(ModelConfig model, ModelledImages images) {
        Networks networks = new Networks();
        try {
            networks.architecture(model, images);
        } catch (ArithmeticException e) {
            networks.problems.add(tooLarge("model", UNCOUNTED));
        }
        if (networks.problems.isEmpty()) {
            ModelSize size = size(model, images);
            if (!size.fitsArrays()) {
                networks.problems.add(tooLarge("model", "a tensor of " + size.largest() + " values"));
            }
        }
        return networks.problems;
    }

    private static Problem tooLarge(String place, String found) {
        return Problem.of(place, found, "at most " + ModelSize.LARGEST_ARRAY + ", which is as long as arrays are");
    }

    /** How many values there are; none where the layers do not fit each other. */
    static ModelSize size(ModelConfig model, ModelledImages images) {
        if (model.network() == ModelConfig.Network.CONVOLUTIONAL) {
            return ModelSize.of(
                    images.shape(), model.channels(), model.hidden().first(), model.latent(), images.classesOf(model));
        }
        try {
            return new Networks()
                    .architecture(model, images)
                    .map(networks -> ModelSize.of(List.of(networks.encoder(), networks.decoder())))
                    .orElse(NOTHING);
        } catch (ArithmeticException e) {
            return BEYOND;
        }
    }

    /** Values that the layers of the encoder give for one image; none where there is no such encoder. */
    static BigInteger encoderActivations(ModelConfig model, ModelledImages images) {
        return ModelCheck.problems(model, images, false).isEmpty()
                ? ModelSize.of(List.of(of(model, images).encoder())).activations()
                : BigInteger.ZERO;
    }

    /** The encoder; nothing if its layers do not fit. */
    private Optional<NetworkSpecification> encoder(ModelConfig model, ImageShape image, int classes) {
        // Values have no channels that a label could be a plane among: it is a row behind them, which flattens them.
        boolean values = classes > 0 && model.encoder().get(0).name().equals(LayerConfig.FLATTEN);
        NetworkBuilder builder = new NetworkBuilder("encoder.", Architecture.encoderInput(image, classes, values));
        if (!addAll(builder, ENCODER, model.encoder(), values ? 1 : 0)) {
            return Optional.empty();
        }
        if (builder.features().size() > 1) {
            // The linear layers of mean and log-variance read values, as everybody expects.
            builder.flatten();
        }
        return Optional.of(builder.head("mean", model.latent())
                .head("log_variance", model.latent())
                .build());
    }

    /** The decoder; nothing if its layers do not fit. */
    private Optional<NetworkSpecification> decoder(ModelConfig model, ImageShape image, int classes) {
        List<Integer> pixels = List.of(image.channels(), image.height(), image.width());
        NetworkBuilder builder = new NetworkBuilder("decoder.", Architecture.decoderInput(model.latent(), classes));
        if (!addAll(builder, DECODER, model.decoder(), 0)) {
            return Optional.empty();
        }
        if (builder.features().size() == 1 && builder.size() == image.size()) {
            builder.reshape(pixels);
        }
        if (!builder.features().equals(pixels)) {
            problems.add(Problem.of(
                    DECODER, "logits of the shape " + builder.features(), pixels + ", the shape of the images"));
            return Optional.empty();
        }
        return Optional.of(builder.build());
    }

    /** Adds layers, from one of them on, up to the first that does not fit; returns whether all do. */
    private boolean addAll(NetworkBuilder builder, String key, List<LayerConfig> layers, int from) {
        for (int index = from; index < layers.size(); index++) {
            String place = key + "[" + index + "]";
            int before = problems.size();
            try {
                add(builder, place, layers.get(index));
                ModelSize size = ModelSize.of(List.of(builder.build()));
                if (!size.fitsArrays()) {
                    problems.add(tooLarge(place, "a tensor of " + size.largest() + " values"));
                }
            } catch (ArithmeticException e) {
                problems.add(tooLarge(place, UNCOUNTED));
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
        if (!(layer.keys().isEmpty() ? LayerConfig.NAMES : LayerConfig.OBJECTS).contains(layer.name())) {
            problems.add(unknown(place, layer));
            return;
        }
        switch (layer.name()) {
            case LayerConfig.FLATTEN -> builder.flatten();
            case LayerConfig.BATCH_NORMALIZATION -> builder.batchNormalization();
            case LayerConfig.CONVOLUTION -> {
                LayerKeys keys = keys(place, layer, LayerConfig.KERNEL, LayerConfig.STRIDE, LayerConfig.PADDING);
                int out = keys.positive(LayerConfig.CONVOLUTION);
                Window window = window(keys);
                if (keys.sound()) {
                    builder.convolution(out, window);
                }
            }
            case LayerConfig.TRANSPOSED_CONVOLUTION -> {
                LayerKeys keys = keys(
                        place,
                        layer,
                        LayerConfig.KERNEL,
                        LayerConfig.STRIDE,
                        LayerConfig.PADDING,
                        LayerConfig.OUTPUT_PADDING);
                int out = keys.positive(LayerConfig.TRANSPOSED_CONVOLUTION);
                Window window = window(keys);
                int outputPadding = keys.number(LayerConfig.OUTPUT_PADDING, 0, 0);
                if (keys.sound()) {
                    builder.transposedConvolution(out, window, outputPadding);
                }
            }
            case LayerConfig.LINEAR -> {
                LayerKeys keys = keys(place, layer);
                int out = keys.positive(LayerConfig.LINEAR);
                if (keys.sound()) {
                    builder.linear(out);
                }
            }
            case LayerConfig.RESHAPE -> {
                LayerKeys keys = keys(place, layer);
                List<Integer> shape = keys.shape(LayerConfig.RESHAPE);
                if (keys.sound()) {
                    builder.reshape(shape);
                }
            }
            default -> builder.activation(activation(layer.name()));
        }
    }

    private LayerKeys keys(String place, LayerConfig layer, String... more) {
        return new LayerKeys(place, layer, Set.of(more), problems);
    }

    /** The kernel is required; stride and padding are PyTorch's defaults. */
    private static Window window(LayerKeys keys) {
        int kernel = keys.positive(LayerConfig.KERNEL);
        return new Window(
                Math.max(1, kernel),
                Math.max(1, keys.number(LayerConfig.STRIDE, 1, 1)),
                keys.number(LayerConfig.PADDING, 0, 0));
    }

    private static Function activation(String name) {
        return Arrays.stream(Activation.values())
                .filter(activation -> activation.toString().equals(name))
                .map(Activation::function)
                .findFirst()
                .orElseThrow();
    }

    private static Problem unknown(String place, LayerConfig layer) {
        String found = layer.name().isEmpty() ? "an object without keys" : "a layer \"" + layer.name() + "\"";
        return Problem.of(
                place,
                layer.keys().isEmpty() || layer.name().isEmpty() ? found : "an object with the key " + layer.name(),
                "one of " + String.join(", ", LayerConfig.NAMES) + ", or an object with one of the keys "
                        + String.join(", ", LayerConfig.OBJECTS));
    }
}
