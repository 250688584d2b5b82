package dev.vaelab.training.network;

import dev.vaelab.api.network.Layer;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorOperations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The layers of a network as a program over tensors.
 *
 * @param <X> tensors of an engine, or variables of a tape
 */
final class LayerProgram<X> {
    private final TensorOperations<X> operations;
    private final Function<String, X> tensors;
    private final Phase phase;
    private final BatchStatistics<X> statistics;

    /** Told what a batch normalization has found, in training. */
    @FunctionalInterface
    interface BatchStatistics<X> {
        /**
         * A layer has normalized a batch.
         *
         * @param layer its canonical name
         * @param mean of each channel, [channels]
         * @param variance of each channel, biased, [channels]
         * @param count values of each channel
         */
        void found(String layer, X mean, X variance, int count);
    }

    /**
     * A program.
     *
     * @param tensors the network's by their canonical names
     * @param statistics told in training
     */
    LayerProgram(
            TensorOperations<X> operations, Function<String, X> tensors, Phase phase, BatchStatistics<X> statistics) {
        this.operations = operations;
        this.tensors = tensors;
        this.phase = phase;
        this.statistics = statistics;
    }

    /** Runs a network; returns its outputs. */
    List<X> run(NetworkSpecification network, X input) {
        Operand<X> features = new Operand<>(operations, input);
        for (Layer layer : network.layers()) {
            features = layer.accept(new Step<>(this, features));
        }
        if (network.heads().isEmpty()) {
            return List.of(features.value());
        }
        List<X> outputs = new ArrayList<>();
        for (Layer.Linear head : network.heads()) {
            outputs.add(linear(head, features).value());
        }
        return outputs;
    }

    /** Applies a layer to features. */
    private record Step<X>(LayerProgram<X> program, Operand<X> features) implements Layer.Visitor<Operand<X>> {
        @Override
        public Operand<X> convolution(Layer.Convolution layer) {
            return program.convolution(layer, features);
        }

        @Override
        public Operand<X> transposedConvolution(Layer.TransposedConvolution layer) {
            return program.transposedConvolution(layer, features);
        }

        @Override
        public Operand<X> linear(Layer.Linear layer) {
            return program.linear(layer, features);
        }

        @Override
        public Operand<X> batchNormalization(Layer.BatchNormalization layer) {
            return program.normalize(layer, features);
        }

        @Override
        public Operand<X> activation(Layer.Activation layer) {
            return activate(layer.function(), features);
        }

        @Override
        public Operand<X> flatten(Layer.Flatten layer) {
            return features.reshape(features.size(0), Shapes.size(features.shape()) / features.size(0));
        }

        @Override
        public Operand<X> reshape(Layer.Reshape layer) {
            return features.reshape(IntStream.concat(
                            IntStream.of(features.size(0)),
                            layer.shape().stream().mapToInt(Integer::intValue))
                    .toArray());
        }
    }

    private Operand<X> convolution(Layer.Convolution layer, Operand<X> features) {
        return features.of(operations.convolve(
                        features.value(), tensor(layer, ".weight").value(), layer.window()))
                .plus(ofChannels(tensor(layer, ".bias"), 4));
    }

    private Operand<X> transposedConvolution(Layer.TransposedConvolution layer, Operand<X> features) {
        List<Integer> output = layer.output(List.of(features.size(1), features.size(2), features.size(3)));
        return features.of(operations.convolveByInput(
                        features.value(),
                        tensor(layer, ".weight").value(),
                        layer.window(),
                        output.get(1),
                        output.get(2)))
                .plus(ofChannels(tensor(layer, ".bias"), 4));
    }

    private Operand<X> linear(Layer.Linear layer, Operand<X> features) {
        return features.of(operations.matmul(
                        features.value(), false, tensor(layer, ".weight").value(), true))
                .plus(tensor(layer, ".bias"));
    }

    private Operand<X> normalize(Layer.BatchNormalization layer, Operand<X> features) {
        int rank = features.shape().length;
        Operand<X> scale = ofChannels(tensor(layer.name() + ".weight"), rank);
        Operand<X> shift = ofChannels(tensor(layer.name() + ".bias"), rank);
        return switch (phase) {
            case TRAINING -> {
                int[] others =
                        IntStream.range(0, rank).filter(axis -> axis != 1).toArray();
                Operand<X> mean = features.mean(others);
                Operand<X> centered = features.minus(ofChannels(mean, rank));
                Operand<X> variance = centered.squared().mean(others);
                int count = Shapes.size(features.shape()) / layer.channels();
                statistics.found(layer.name(), mean.value(), variance.value(), count);
                Operand<X> deviation =
                        variance.plus(Layer.BatchNormalization.EPSILON).sqrt();
                yield centered.times(scale.over(ofChannels(deviation, rank))).plus(shift);
            }
            case EVALUATION -> {
                Operand<X> mean = ofChannels(tensor(layer.name() + ".running_mean"), rank);
                Operand<X> variance = ofChannels(tensor(layer.name() + ".running_var"), rank);
                Operand<X> deviation =
                        variance.plus(Layer.BatchNormalization.EPSILON).sqrt();
                yield features.minus(mean).times(scale.over(deviation)).plus(shift);
            }
        };
    }

    private static <X> Operand<X> activate(Layer.Activation.Function function, Operand<X> features) {
        return switch (function) {
            case RELU -> features.relu();
            case TANH -> features.tanh();
            case ELU -> features.relu().plus(negativePart(features).expm1());
            case LEAKY_RELU -> features.relu().plus(negativePart(features).times(0.01));
            case SOFTPLUS -> features.softplus();
            case SIGMOID -> features.sigmoid();
        };
    }

    /** min(x, 0). Not a selection: the branch that it leaves out would give infinity * 0 in the backward pass. */
    private static <X> Operand<X> negativePart(Operand<X> features) {
        return features.minus(features.relu());
    }

    private Operand<X> ofChannels(Operand<X> values, int rank) {
        int[] shape = new int[rank];
        Arrays.fill(shape, 1);
        shape[1] = values.size(0);
        return values.reshape(shape);
    }

    private Operand<X> tensor(Layer.Weighted layer, String suffix) {
        return tensor(layer.name() + suffix);
    }

    private Operand<X> tensor(String name) {
        return new Operand<>(operations, tensors.apply(name));
    }
}
