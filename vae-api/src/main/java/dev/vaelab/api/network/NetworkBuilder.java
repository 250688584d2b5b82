package dev.vaelab.api.network;

import dev.vaelab.api.network.Layer.Activation;
import dev.vaelab.api.network.Layer.BatchNormalization;
import dev.vaelab.api.network.Layer.Convolution;
import dev.vaelab.api.network.Layer.Flatten;
import dev.vaelab.api.network.Layer.Linear;
import dev.vaelab.api.network.Layer.Reshape;
import dev.vaelab.api.network.Layer.TransposedConvolution;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Puts layers one behind the other, knows what shape the features have, and gives the layers their canonical names.
 *
 * <p>Names count the layers of a kind: {@code conv1}, {@code deconv1}, {@code bn1}, {@code fc1}; a linear layer that is the only
 * one of its network is {@code fc}. A layer that does not take the features is refused by the method that adds it, with an
 * {@link IllegalArgumentException} whose message completes "expected ...".
 */
public final class NetworkBuilder {
    private final String prefix;
    private final List<Integer> input;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Linear> heads = new ArrayList<>();
    private List<Integer> features;
    private int convolutions;
    private int transposed;
    private int normalizations;
    private int linears;

    /**
     * Begins a network.
     *
     * @param prefix what canonical names begin with: {@code encoder.} or {@code decoder.}
     * @param input shape of what goes in for one image
     */
    public NetworkBuilder(String prefix, List<Integer> input) {
        this.prefix = prefix;
        this.input = List.copyOf(input);
        this.features = this.input;
    }

    /** Shape of the features behind the last layer. */
    public List<Integer> features() {
        return features;
    }

    /** Values of the features behind the last layer. */
    public int size() {
        return Shapes.size(features.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Adds a convolution to so many channels. */
    public NetworkBuilder convolution(int out, Window window) {
        return add(new Convolution(prefix + "conv" + ++convolutions, channels(), out, window));
    }

    /** Adds a transposed convolution to so many channels. */
    public NetworkBuilder transposedConvolution(int out, Window window, int outputPadding) {
        return add(new TransposedConvolution(prefix + "deconv" + ++transposed, channels(), out, window, outputPadding));
    }

    /** Adds a linear layer to so many values; feature maps have to be flattened before. */
    public NetworkBuilder linear(int out) {
        return add(new Linear(prefix + "fc" + ++linears, size(), out));
    }

    /** Adds a batch normalization of the features' channels, or values. */
    public NetworkBuilder batchNormalization() {
        return add(new BatchNormalization(prefix + "bn" + ++normalizations, features.get(0)));
    }

    /** Adds a function of each value. */
    public NetworkBuilder activation(Activation.Function function) {
        return add(new Activation(function));
    }

    /** Adds the step from feature maps to values. */
    public NetworkBuilder flatten() {
        return add(new Flatten());
    }

    /** Adds the step from values to feature maps. */
    public NetworkBuilder reshape(List<Integer> shape) {
        return add(new Reshape(shape));
    }

    /** Adds a linear layer that reads the last features and gives an output of its own. */
    public NetworkBuilder head(String name, int out) {
        heads.add(new Linear(prefix + name, size(), out));
        return this;
    }

    /** The network. */
    public NetworkSpecification build() {
        UnaryOperator<Layer> named = layer -> linears == 1 && layer instanceof Linear linear
                ? new Linear(prefix + "fc", linear.in(), linear.out())
                : layer;
        return new NetworkSpecification(input, layers.stream().map(named).toList(), heads);
    }

    private int channels() {
        return features.get(0);
    }

    private NetworkBuilder add(Layer layer) {
        features = layer.output(features);
        layers.add(layer);
        return this;
    }
}
