package dev.vaelab.backend.tensorflow;

import static dev.vaelab.backend.tensorflow.GraphTensor.constant;

import dev.vaelab.api.network.Layer;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorRole;
import dev.vaelab.api.tensor.TensorSpecification;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One pass through the layers of a network, and back. Feature maps are [images, height, width, channels], which is the order of
 * TensorFlow's kernels for processors. What of it nobody asks for is never computed.
 */
final class LayerGraph implements Layer.Visitor<GraphTensor> {
    private final NetworkSpecification network;
    private final Map<String, GraphTensor> variables;
    private final Phase phase;
    private final Set<String> absorbed;
    /** The derivatives by parameters that are not absorbed, by their canonical names; known after {@link #differentiate}. */
    final Map<String, GraphTensor> gradients = new HashMap<>();
    /** What running statistics become, by their canonical names. */
    final Map<String, GraphTensor> statistics = new HashMap<>();

    private final Deque<UnaryOperator<GraphTensor>> pullbacks = new ArrayDeque<>();
    private GraphTensor features;
    /** What the layer before would have added to each channel if a batch normalization did not take it out again. */
    private GraphTensor left = constant(0f);

    /** A pass with the network's variables by their canonical names. */
    LayerGraph(NetworkSpecification network, Map<String, GraphTensor> variables, Phase phase) {
        this.network = network;
        this.variables = variables;
        this.phase = phase;
        absorbed = network.tensors().stream()
                .filter(tensor -> tensor.role() == TensorRole.ABSORBED)
                .map(TensorSpecification::name)
                .collect(Collectors.toSet());
    }

    /** The outputs, in their canonical order of axes. */
    List<GraphTensor> run(GraphTensor input) {
        features = input.channelsLast();
        network.layers().forEach(layer -> features = layer.accept(this));
        return network.heads().isEmpty()
                ? List.of(features.channelsFirst())
                : network.heads().stream().map(this::linear).toList();
    }

    /** The derivative by the input, in its canonical order of axes; those by the parameters are known from then on. */
    GraphTensor differentiate(List<GraphTensor> outputGradients) {
        GraphTensor gradient = outputGradients.get(0).channelsLast();
        if (!network.heads().isEmpty()) {
            gradient = IntStream.iterate(network.heads().size() - 1, head -> head >= 0, head -> head - 1)
                    .mapToObj(head -> pullbacks.pop().apply(outputGradients.get(head)))
                    .reduce((first, second) -> first.plus(second))
                    .orElseThrow();
        }
        while (!pullbacks.isEmpty()) {
            gradient = pullbacks.pop().apply(gradient);
        }
        return gradient.channelsFirst();
    }

    @Override
    public GraphTensor convolution(Layer.Convolution layer) {
        GraphTensor input = features;
        GraphTensor weight = weight(layer);
        GraphTensor output = biased(layer, Convolution.of(input, weight, layer.window()));
        pullbacks.push(gradient -> {
            learn(layer, Convolution.byWeight(input, gradient, layer.window()), gradient);
            return Convolution.byInput(gradient, weight, layer.window(), input.shape[1], input.shape[2]);
        });
        return output;
    }

    @Override
    public GraphTensor transposedConvolution(Layer.TransposedConvolution layer) {
        GraphTensor input = features;
        GraphTensor weight = weight(layer);
        List<Integer> size = layer.output(List.of(input.shape[3], input.shape[1], input.shape[2]));
        GraphTensor output =
                biased(layer, Convolution.byInput(input, weight, layer.window(), size.get(1), size.get(2)));
        pullbacks.push(gradient -> {
            learn(layer, Convolution.byWeight(gradient, input, layer.window()), gradient);
            return Convolution.of(gradient, weight, layer.window());
        });
        return output;
    }

    @Override
    public GraphTensor linear(Layer.Linear layer) {
        GraphTensor input = features;
        GraphTensor weight = weight(layer);
        pullbacks.push(gradient -> {
            learn(layer, gradient.matmul(true, input, false), gradient);
            return gradient.matmul(false, weight, false);
        });
        return biased(layer, input.matmul(false, weight, true));
    }

    private GraphTensor weight(Layer.Weighted layer) {
        return variables.get(layer.name() + ".weight");
    }

    private GraphTensor biased(Layer.Weighted layer, GraphTensor output) {
        GraphTensor bias = variables.get(layer.name() + ".bias");
        boolean out = absorbed.contains(layer.name() + ".bias");
        left = out ? bias : constant(0f);
        return out ? output : GraphTensor.of("BiasAdd", output.shape, output, bias);
    }

    private void learn(Layer.Weighted layer, GraphTensor byWeight, GraphTensor gradient) {
        gradients.put(layer.name() + ".weight", byWeight);
        gradients.put(layer.name() + ".bias", gradient.channelSums());
    }

    /**
     * With the mean m and the deviation s of a batch, n = (x - m) / s and y = scale n + shift; the derivative by x is scale / s (g -
     * mean(g) - n mean(g n)) (Ioffe and Szegedy 2015, section 3). TensorFlow's own adds up in float32 one by one.
     */
    @Override
    public GraphTensor batchNormalization(Layer.BatchNormalization layer) {
        GraphTensor absent = left;
        left = constant(0f);
        GraphTensor scale = variables.get(layer.name() + ".weight");
        GraphTensor shift = variables.get(layer.name() + ".bias");
        if (phase == Phase.EVALUATION) {
            GraphTensor factor = inverseDeviation(variables.get(layer.name() + ".running_var"))
                    .times(scale);
            return features.minus(variables.get(layer.name() + ".running_mean").minus(absent))
                    .times(factor)
                    .plus(shift);
        }
        int count = Shapes.size(features.shape) / layer.channels();
        double share = 1.0 / count;
        GraphTensor mean = features.channelSums().times(share);
        GraphTensor centred = features.minus(mean);
        GraphTensor variance = centred.times(centred).channelSums().times(share);
        move(layer.name() + ".running_mean", mean.plus(absent));
        move(layer.name() + ".running_var", variance.times(count / (count - 1.0)));
        GraphTensor inverse = inverseDeviation(variance);
        GraphTensor factor = inverse.times(scale);
        pullbacks.push(gradient -> {
            GraphTensor byShift = gradient.channelSums();
            GraphTensor byScale = gradient.times(centred).channelSums().times(inverse);
            gradients.put(layer.name() + ".bias", byShift);
            gradients.put(layer.name() + ".weight", byScale);
            GraphTensor along = byScale.times(inverse).times(share);
            return gradient.minus(centred.times(along))
                    .minus(byShift.times(share))
                    .times(factor);
        });
        return centred.times(factor).plus(shift);
    }

    private static GraphTensor inverseDeviation(GraphTensor variance) {
        GraphTensor safe = variance.plus(constant((float) Layer.BatchNormalization.EPSILON));
        return GraphTensor.of("Rsqrt", safe.shape, safe);
    }

    private void move(String statistic, GraphTensor batch) {
        GraphTensor kept = variables.get(statistic).times(1 - Layer.BatchNormalization.MOMENTUM);
        statistics.put(statistic, kept.plus(batch.times(Layer.BatchNormalization.MOMENTUM)));
    }

    @Override
    public GraphTensor activation(Layer.Activation layer) {
        return switch (layer.function()) {
            case RELU -> activation("Relu", Map.of(), true, true);
            case TANH -> activation("Tanh", Map.of(), false, true);
            case ELU -> activation("Elu", Map.of(), true, true);
            case LEAKY_RELU -> activation("LeakyRelu", Map.of("alpha", 0.01f), true, false);
            case SOFTPLUS -> activation("Softplus", Map.of(), true, false);
            case SIGMOID -> activation("Sigmoid", Map.of(), false, true);
        };
    }

    /** Some derivatives take the gradient first and some last, and some are of the input and some of the output. */
    private GraphTensor activation(
            String function, Map<String, Object> attributes, boolean gradientFirst, boolean byOutput) {
        GraphTensor input = features;
        GraphTensor output = GraphTensor.of(function, input.shape, attributes, input);
        GraphTensor known = byOutput ? output : input;
        pullbacks.push(gradient -> GraphTensor.of(
                function + "Grad",
                input.shape,
                attributes,
                gradientFirst ? gradient : known,
                gradientFirst ? known : gradient));
        return output;
    }

    @Override
    public GraphTensor flatten(Layer.Flatten layer) {
        return shaped(Shapes.size(features.shape) / features.shape[0]);
    }

    @Override
    public GraphTensor reshape(Layer.Reshape layer) {
        return shaped(layer.shape().stream().mapToInt(Integer::intValue).toArray());
    }

    private GraphTensor shaped(int... sizes) {
        GraphTensor before = features.channelsFirst();
        pullbacks.push(
                gradient -> gradient.channelsFirst().reshape(before.shape).channelsLast());
        int[] shape = IntStream.concat(IntStream.of(before.shape[0]), IntStream.of(sizes))
                .toArray();
        return before.reshape(shape).channelsLast();
    }
}
