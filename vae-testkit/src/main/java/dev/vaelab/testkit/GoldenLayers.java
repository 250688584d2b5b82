package dev.vaelab.testkit;

import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.network.Layer.Activation.Function;
import dev.vaelab.api.network.NetworkBuilder;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.tensor.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Networks as golden files list them; {@code golden/pytorch_layers.py} tells what a layer looks like there. */
final class GoldenLayers {
    private GoldenLayers() {}

    static NetworkSpecification encoder(ImageShape image, List<String> layers, int latent) {
        List<Integer> pixels = List.of(image.channels(), image.height(), image.width());
        return listed(new NetworkBuilder("encoder.", pixels), layers)
                .head("mean", latent)
                .head("log_variance", latent)
                .build();
    }

    static NetworkSpecification decoder(int latent, List<String> layers) {
        return listed(new NetworkBuilder("decoder.", List.of(latent)), layers).build();
    }

    private static NetworkBuilder listed(NetworkBuilder network, List<String> layers) {
        for (String layer : layers) {
            String[] words = layer.split(" ");
            int[] numbers =
                    Arrays.stream(words).skip(1).mapToInt(Integer::parseInt).toArray();
            switch (words[0]) {
                case "convolution" -> network.convolution(numbers[0], window(numbers));
                case "transposedConvolution" -> network.transposedConvolution(numbers[0], window(numbers), numbers[4]);
                case "linear" -> network.linear(numbers[0]);
                case "reshape" -> network.reshape(Arrays.stream(numbers).boxed().toList());
                case "batch-normalization" -> network.batchNormalization();
                case "flatten" -> network.flatten();
                default -> network.activation(function(words[0]));
            }
        }
        return network;
    }

    private static Window window(int[] numbers) {
        return new Window(numbers[1], numbers[2], numbers[3]);
    }

    /** An activation by its name, such as {@code leaky-relu}. */
    static Function function(String name) {
        return Function.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
